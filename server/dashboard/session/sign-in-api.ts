import type { Account } from "../../../shared/wire.ts";
import { SignedInSchema, SignedUpSchema } from "../../accounts/sessions/sign-in.schema.ts";
import { request } from "../api/client.ts";

/** Where the response to a sign-up was lost. */
export const ACCOUNT_UNKNOWN = "The account may have been created: try to sign in before you sign up again.";

export async function signIn(email: string, password: string): Promise<Account> {
	const body = { email, password };
	return (await request("POST", "/api/auth/sign-in/email", SignedInSchema, { body, anonymous: true, ifUnknown: null }))
		.user;
}

/**
 * `invitation`: the token of an invitation link, where sign-up needs one. Undefined if a mailed link has to be opened
 * first.
 */
export async function signUp(
	name: string,
	email: string,
	password: string,
	invitation?: string,
): Promise<Account | undefined> {
	const body = { name, email, password, ...(invitation !== undefined && { invitation }) };
	const options = { body, anonymous: true, ifUnknown: ACCOUNT_UNKNOWN };
	return (await request("POST", "/api/auth/sign-up/email", SignedUpSchema, options)).user;
}
