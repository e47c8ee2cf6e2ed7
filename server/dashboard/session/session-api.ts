import { type Check, orNull, record, text } from "../api/check.ts";
import { request } from "../api/client.ts";

export interface User {
	id: string;
	name: string;
	email: string;
}

const userShape: Check<User> = record<User>({ id: text, name: text, email: text });
const sessionShape = orNull(record<{ user: User }>({ user: userShape }));
const signedInShape = record<{ user: User }>({ user: userShape });
const ignored: Check<undefined> = () => undefined;

export async function fetchUser(): Promise<User | undefined> {
	const session = await request("GET", "/api/auth/get-session", sessionShape, { anonymous: true });
	return session?.user;
}

export async function signIn(email: string, password: string): Promise<User> {
	const body = { email, password };
	return (await request("POST", "/api/auth/sign-in/email", signedInShape, { body, anonymous: true })).user;
}

export async function signUp(name: string, email: string, password: string): Promise<User> {
	const body = { name, email, password };
	return (await request("POST", "/api/auth/sign-up/email", signedInShape, { body, anonymous: true })).user;
}

export async function signOut(): Promise<void> {
	await request("POST", "/api/auth/sign-out", ignored, { body: {}, anonymous: true });
}
