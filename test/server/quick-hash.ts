import { hash } from "node:crypto";

import type { PasswordHash } from "../../server/accounts/passwords/hashing.ts";

/** Instead of scrypt, which takes longer than most tests. */
export const quickHash: PasswordHash = {
	hash: async (password) => hash("sha256", password),
	verify: async (given) => hash("sha256", given.password) === given.hash,
};
