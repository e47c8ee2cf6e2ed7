import type { Mutant } from "./mutant.ts";

const TESTS = ["backend/authenticator.test.ts"];

/** The package for other people's backends. */
export const backend: readonly Mutant[] = [
	{
		file: "backend/authenticator.ts",
		original: 'if (!isWellFormedKey(key)) return refused("malformed_key");',
		replacement: "",
		tests: TESTS,
	},
	{
		file: "backend/authenticator.ts",
		original: "return workspaces.has(apiKey.workspace.id) ?",
		replacement: "return workspaces.size > 0 ?",
		tests: TESTS,
	},
	{
		file: "backend/authenticator.ts",
		original: "if (answer.key !== undefined && workspaces.has(answer.key.workspace.id))",
		replacement: "if (answer.key !== undefined)",
		tests: TESTS,
	},
	{
		file: "backend/authenticator.ts",
		original: "await withinTime(ask(digest, key), timeoutMs, () => timeoutError(endpoint, timeoutMs));",
		replacement: "await ask(digest, key); void withinTime; void timeoutError; void endpoint; void timeoutMs;",
		tests: TESTS,
	},
	{
		file: "backend/shared-answers.ts",
		original: "lane.next = undefined;",
		replacement: "",
		tests: TESTS,
	},
	{
		file: "backend/shared-answers.ts",
		original: "if (lane.open < AT_ONCE)",
		replacement: "if (lane.open < Infinity)",
		tests: TESTS,
	},
	{
		file: "backend/key-cache.ts",
		original: "performance.now() < entry.until",
		replacement: "performance.now() > 0",
		tests: TESTS,
	},
	{
		file: "backend/key-cache.ts",
		original: "until: askedAt + cacheMs",
		replacement: "until: performance.now() + cacheMs",
		tests: TESTS,
	},
	{
		file: "backend/introspection.ts",
		original: 'if (status === 200 && answer["active"] === false)',
		replacement: 'if (answer["active"] === false)',
		tests: TESTS,
	},
	{
		file: "backend/introspection.ts",
		original: 'if (status === 200 && answer["active"] === true)',
		replacement: 'if (answer["active"] === true)',
		tests: TESTS,
	},
	{
		file: "backend/introspection.ts",
		original: 'typeof sub !== "string" || sub !== workspaceId',
		replacement: 'typeof sub !== "string"',
		tests: TESTS,
	},
	{
		file: "backend/post-form.ts",
		original: "sent.reusedSocket && isReset(error)",
		replacement: "isReset(error)",
		tests: TESTS,
	},
	{
		file: "backend/post-form.ts",
		original: "sent.reusedSocket && isReset(error)",
		replacement: "!sent.reusedSocket && isReset(error)",
		tests: TESTS,
	},
	{
		file: "backend/options.ts",
		original: "|\\[::1\\])$/",
		replacement: "|\\[::1\\])/",
		tests: TESTS,
	},
	{
		file: "backend/options.ts",
		original: "valid.length === 0 || valid.length < ids.length",
		replacement: "valid.length === 0",
		tests: TESTS,
	},
	{
		file: "backend/report.ts",
		original: "reportedAt.set(error.code, now);",
		replacement: "",
		tests: TESTS,
	},
];
