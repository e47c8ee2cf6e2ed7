import type { Mutant } from "./mutant.ts";

const LIMITS = ["server/http/work-limits.test.ts"];
const TURNS = ["server/http/turns.test.ts"];
const DOCUMENTS = ["server/http/documents.test.ts"];
const COALESCE = ["server/storage/coalesce.test.ts"];
const KEYS = ["server/keys/authentication.test.ts"];

/** The work in flight, the order in which it begins, and what is sent from memory. */
export const work: readonly Mutant[] = [
	{
		file: "server/http/turns.ts",
		original: "if (monotonic() < endsAt) next()?.();",
		replacement: "next()?.();",
		tests: TURNS,
	},
	{
		file: "server/http/turns.ts",
		original: "if (endsAt !== Infinity || steps === MAX_PER_TURN) return;",
		replacement: "if (endsAt !== Infinity) return;",
		tests: TURNS,
	},
	{
		file: "server/http/turns.ts",
		original: "lastWasUrgent = lanes === urgent;",
		replacement: "",
		tests: TURNS,
	},
	{
		file: "server/http/lanes.ts",
		original: "lanes.delete(place.lane);\n\t\t\t\tlanes.set(place.lane, entries);",
		replacement: "",
		tests: TURNS,
	},
	{
		file: "server/http/lanes.ts",
		original: "addresses.delete(place.address);\n\t\t\t\taddresses.set(place.address, lanes);",
		replacement: "",
		tests: TURNS,
	},
	{
		file: "server/http/pacing.ts",
		original: "if (UNPACED.test(route.url)) return;",
		replacement: "",
		tests: TURNS,
	},
	{
		file: "server/http/places.ts",
		original: "if (crowd.working < atOnce) {",
		replacement: "if (crowd.working <= atOnce) {",
		tests: TURNS,
	},
	{
		file: "server/http/places.ts",
		original: "if (!isDone) action();",
		replacement: "action();",
		tests: TURNS,
	},
	{
		file: "server/http/work-limits.ts",
		original: "if (held.of(account) >= roomFor(held.of(address))) {",
		replacement: "if (held.of(address) >= ADDRESS_HOLDS) {",
		tests: LIMITS,
	},
	{
		file: "server/http/work-limits.ts",
		original: "return Math.max(ACCOUNT_ALWAYS_HOLDS, Math.min(ACCOUNT_HOLDS, ADDRESS_HOLDS - heldByAddress));",
		replacement: "return Math.max(0, Math.min(ACCOUNT_HOLDS, ADDRESS_HOLDS - heldByAddress));",
		tests: LIMITS,
	},
	{
		file: "server/http/work-limits.ts",
		original: "addresses.enter(address, account, enterNetwork)",
		replacement: 'addresses.enter(address, "", enterNetwork)',
		tests: LIMITS,
	},
	{
		file: "server/http/work-limits.ts",
		original: " || route.config?.alwaysHasRoom === true",
		replacement: "",
		tests: LIMITS,
	},
	{
		file: "server/http/work-limits.ts",
		original: "route.preValidation = [begin, ...[route.preValidation ?? []].flat()];",
		replacement: "route.onRequest = [...[route.onRequest ?? []].flat(), begin];",
		tests: LIMITS,
	},
	{
		file: "server/http/work-limits.ts",
		original: "if (isWaiting) drop(abandoned());",
		replacement: "",
		tests: LIMITS,
	},
	{
		file: "server/http/pacing.ts",
		original: "if (isLong) sendInTurn(lane, reply, done);\n\t\t\t\telse done();",
		replacement: "done();",
		tests: LIMITS,
	},
	{
		file: "server/http/constant-document.ts",
		original: "takesBrotli(request) ? brotli : undefined",
		replacement: "brotli",
		tests: DOCUMENTS,
	},
	{
		file: "server/http/openapi/index.ts",
		original: "made ??= compressedDocument(",
		replacement: "made = compressedDocument(",
		tests: DOCUMENTS,
	},
	{
		file: "server/storage/sqlite/look-ups.ts",
		original: "if (lookUp.keyOf(row) === key) return",
		replacement: "return",
		tests: KEYS,
	},
	{
		file: "server/storage/postgres/coalesce.ts",
		original: "if (performance.now() > batch.endsAt) batch.reject(late());\n\t\t\t\telse batch",
		replacement: "batch",
		tests: COALESCE,
	},
	{
		file: "server/storage/postgres/coalesce.ts",
		original: "if (isRunning) return;",
		replacement: "",
		tests: COALESCE,
	},
	{
		file: "server/storage/postgres/coalesce.ts",
		original: "if (next === batch) next = undefined;",
		replacement: "",
		tests: COALESCE,
	},
	{
		file: "server/keys/authenticate/authenticate.store.ts",
		original:
			'WHERE k.digest_prefix = ${digestPrefix(digest)} AND k.digest = ${Buffer.from(digest, "hex")}\n\t\t\tAND k.revoked_at',
		replacement: "WHERE k.digest_prefix = ${digestPrefix(digest)} AND k.revoked_at",
		tests: KEYS,
	},
	{
		file: "server/storage/sqlite/freshness.ts",
		original: 'epoch = readEpoch.get()?.toString("hex") ?? "";',
		replacement: 'epoch = `${readEpoch.get()?.toString("hex")} ${current}`;',
		tests: KEYS,
	},
];
