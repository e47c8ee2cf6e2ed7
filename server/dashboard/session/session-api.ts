import type { Account, Start } from "../../../shared/wire.ts";
import { nothing, record } from "../api/check.ts";
import { request } from "../api/client.ts";
import { accountShape, startShape } from "../api/shapes.ts";

const signedInShape = record<{ user: Account }>({ user: accountShape });

export function fetchStart(workspace: string | undefined): Promise<Start> {
	return request("GET", "/api/start", startShape, { query: { workspace }, anonymous: true });
}

export async function signIn(email: string, password: string): Promise<Account> {
	const body = { email, password };
	return (await request("POST", "/api/auth/sign-in/email", signedInShape, { body, anonymous: true })).user;
}

/** `invitation`: the token of an invitation link, where sign-up needs one. */
export async function signUp(name: string, email: string, password: string, invitation?: string): Promise<Account> {
	const body = { name, email, password, ...(invitation !== undefined && { invitation }) };
	return (await request("POST", "/api/auth/sign-up/email", signedInShape, { body, anonymous: true })).user;
}

export async function signOut(): Promise<void> {
	await request("POST", "/api/auth/sign-out", nothing, { body: {}, anonymous: true });
}
