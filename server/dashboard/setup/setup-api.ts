import type { Account } from "../../../shared/wire.ts";
import { SignedInSchema } from "../../accounts/sessions/account.schema.ts";
import { request } from "../api/client.ts";

export interface FirstAccount {
	name: string;
	email: string;
	password: string;
	/** The set-up link's token. */
	setup: string;
}

/** Creates the server's first account, and signs in. */
export async function createFirstAccount(body: FirstAccount): Promise<Account> {
	return (await request("POST", "/api/auth/sign-up/email", SignedInSchema, { body: { ...body }, anonymous: true }))
		.user;
}
