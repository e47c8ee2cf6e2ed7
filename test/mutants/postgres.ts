import type { Mutant } from "./mutant.ts";

const CONFORMANCE = ["server/storage/conformance-postgres.test.ts"];
const LOST_COMMIT = ["postgres/lost-commit.test.ts"];
const OTHER_HISTORY = ["postgres/failover.test.ts", "postgres/restored.test.ts"];
const BESIDE = ["postgres/beside-others.test.ts"];
const AWAY = ["postgres/away.test.ts"];
const SETTINGS = ["postgres/settings.test.ts"];

/** What keeps revocations exact on PostgreSQL, and what was answered true. */
export const postgres: readonly Mutant[] = [
	{
		file: "server/storage/postgres/freshness.ts",
		original: "if (row === undefined || row.isStandby) {",
		replacement: "if (row === undefined) {",
		tests: OTHER_HISTORY,
		equivalent:
			"A connection to a standby is not used in the first place, and a primary does not become one while it runs.",
	},
	{
		file: "server/storage/postgres/freshness.ts",
		original: "requireKnownVersion(row.version);",
		replacement: "",
		tests: BESIDE,
	},
	{
		file: "server/storage/postgres/freshness.ts",
		original: "generation = sentOn;",
		replacement: "",
		tests: AWAY,
	},
	{
		file: "server/storage/postgres/outcomes.ts",
		original: "if (session.warnings > warned) throw notReplicated();",
		replacement: "",
		tests: OTHER_HISTORY,
	},
	{
		file: "server/storage/postgres/outcomes.ts",
		original: "witness !== undefined && sessionOf(asking) === witness",
		replacement: "witness !== undefined",
		tests: [...LOST_COMMIT, ...OTHER_HISTORY],
		equivalent: "What another session answers is not used, because this one has ended.",
	},
	{
		file: "server/storage/postgres/outcomes.ts",
		original: 'if (found?.status === "aborted")',
		replacement: 'if (found?.status === "in doubt")',
		tests: LOST_COMMIT,
	},
	{
		file: "server/storage/postgres/outcomes.ts",
		original: 'if (found?.status === "committed") return found.hasStandby ? awaitStandby() : undefined;',
		replacement: "",
		tests: LOST_COMMIT,
	},
	{
		file: "server/storage/postgres/writer.ts",
		original: "if (isLate || !isToBeRepeated(error)) throw error;",
		replacement: "throw error;",
		tests: BESIDE,
	},
	{
		file: "server/storage/postgres/writer.ts",
		original: "const now = Math.max(asked, latest);",
		replacement: "const now = asked;",
		tests: CONFORMANCE,
	},
	{
		file: "server/storage/postgres/connections.ts",
		original: 'idle_in_transaction_session_timeout: "5000",\n\t\tsynchronous_commit',
		replacement: "synchronous_commit",
		tests: BESIDE,
	},
	{
		file: "server/storage/postgres/connections.ts",
		original: "onSilent: () => all.forEach(({ drop }) => drop()),",
		replacement: "",
		tests: AWAY,
	},
	{
		file: "server/storage/postgres/check-triggers.ts",
		original: "if (off.length > 0)",
		replacement: "if (off.length > 1_000)",
		tests: SETTINGS,
	},
	{
		file: "server/storage/postgres/reader.ts",
		original: "[...keys].map(lookUp.valueOf)",
		replacement: "[...keys].slice(0, 1).map(lookUp.valueOf)",
		tests: CONFORMANCE,
	},
];
