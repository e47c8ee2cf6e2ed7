import type { Account } from "../../../shared/wire.ts";
import type { Storage } from "../../storage/storage.ts";
import type { PasswordHash } from "../passwords/hashing.ts";
import { credentialsOf, pendingPasswordHash } from "./credentials.store.ts";
import { addressUnverified, invalidCredentials } from "./refusals.ts";

export interface GivenCredentials {
	email: string;
	password: string;
}

/**
 * The account that these credentials are of, and the hash that the password matched. Takes as long for an unknown address.
 * Better Auth's own check refuses some addresses that RFC 5321 allows.
 * @throws ProblemError 401 `invalid_credentials`, 403 `address_unverified`, 503
 */
export async function checkCredentials(
	{ storage, passwords }: { storage: Storage; passwords: PasswordHash },
	{ email, password }: GivenCredentials,
): Promise<{ account: Account; hash: string }> {
	const found = await storage.read(credentialsOf, { email });
	if (found !== undefined) {
		if (!(await passwords.verify({ hash: found.hash, password }))) throw invalidCredentials();
		return found;
	}
	const pending = await storage.read(pendingPasswordHash, { email });
	if (pending === undefined) await passwords.hash(password);
	else if (await passwords.verify({ hash: pending, password })) throw addressUnverified();
	throw invalidCredentials();
}
