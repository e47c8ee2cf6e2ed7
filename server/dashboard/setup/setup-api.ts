import type { Account } from "../../../shared/wire.ts";
import { SignedInSchema } from "../../accounts/sessions/sign-in.schema.ts";
import { perform, request } from "../api/client.ts";
import { isRefused } from "../api/is-refused.ts";
import { ACCOUNT_UNKNOWN } from "../session/sign-in-api.ts";

export interface FirstAccount {
	name: string;
	email: string;
	password: string;
	/** The set-up link's token. */
	setup: string;
}

/** Creates the server's first account, and signs in. */
export async function createFirstAccount(body: FirstAccount): Promise<Account> {
	const options = { body: { ...body }, anonymous: true, ifUnknown: ACCOUNT_UNKNOWN };
	return (await request("POST", "/api/auth/sign-up/email", SignedInSchema, options)).user;
}

/** True if a set-up link was used, is too old or incomplete. False if that cannot be told now. */
export function isSetupLinkDead(setup: string): Promise<boolean> {
	const options = { body: { setup }, anonymous: true, ifUnknown: null };
	return isRefused(perform("POST", "/api/auth/sign-up/setup/look", options), "setup_token_invalid");
}
