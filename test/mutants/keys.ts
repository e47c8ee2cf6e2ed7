import type { Mutant } from "./mutant.ts";

const KEYS = ["server/keys"];

export const keys: readonly Mutant[] = [
	{
		file: "server/keys/authenticate/key-cache.ts",
		original: "key.sealed && key.revokedAt === null && found.epoch === epoch",
		replacement: "key.revokedAt === null && found.epoch === epoch",
		tests: KEYS,
	},
	{
		file: "server/keys/authenticate/key-cache.ts",
		original: "key.sealed && key.revokedAt === null && found.epoch === epoch",
		replacement: "key.sealed && key.revokedAt === null",
		tests: KEYS,
	},
	{
		file: "server/keys/authenticate/key-cache.ts",
		original: "key.sealed && key.revokedAt === null && found.epoch === epoch",
		replacement: "key.sealed && found.epoch === epoch",
		tests: KEYS,
	},
	{
		file: "server/keys/authenticate/key-cache.ts",
		original: "cache = new BoundedMap(MAX_CACHED_KEYS);\n\t\t\t}",
		replacement: "}",
		tests: KEYS,
	},
	{
		file: "server/keys/authenticate/authenticator.ts",
		original: "await seal(unsealed.id);",
		replacement: "void seal(unsealed.id);",
		tests: ["server/keys", "server/pairing"],
	},
	{
		file: "server/keys/authenticate/authenticator.ts",
		original: 'if (!isWellFormedKey(secret)) return { code: "malformed_key" };',
		replacement: "",
		tests: KEYS,
	},
	{
		file: "server/keys/authenticate/authenticate.store.ts",
		original: "coalesce(k.revoked_at, m.at, w.deleted_at)",
		replacement: "coalesce(k.revoked_at, w.deleted_at)",
		tests: ["server/keys", "server/offboarding"],
	},
	{
		file: "server/keys/authenticate/authenticate.store.ts",
		original: "coalesce(k.revoked_at, m.at, w.deleted_at)",
		replacement: "coalesce(k.revoked_at, m.at)",
		tests: ["server/keys", "server/offboarding"],
	},
	{
		file: "server/keys/manage/key-writes.store.ts",
		original: '.where("revoked_at", "is", null)',
		replacement: "",
		tests: KEYS,
	},
	{
		file: "server/keys/manage/key-writes.store.ts",
		original: ".where(sql<boolean>`NOT ${revokedWithMaker}`)",
		replacement: "",
		tests: ["server/keys", "server/offboarding"],
	},
	{
		file: "server/keys/manage/member-actions.store.ts",
		original: "if (replaces !== null && !(await hasKey(db, { workspaceId, keyId: replaces }))) {",
		replacement: "if (false as boolean) {",
		tests: KEYS,
	},
	{
		file: "server/keys/manage/member-actions.store.ts",
		original: "if (before.label === label) return before;",
		replacement: "",
		tests: ["server/keys", "server/activity"],
	},
	{
		file: "server/keys/manage/member-actions.store.ts",
		original: "if (!(await hasKey(db, { workspaceId, keyId }))) throw keyNotFound();",
		replacement: "",
		tests: KEYS,
	},
	{
		file: "server/keys/usage/usage-meter.ts",
		original: "games.write(entries, restore);",
		replacement: "games.write(entries, () => undefined);",
		tests: [...KEYS, "server/storage"],
	},
];
