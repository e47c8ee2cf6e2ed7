import type { Mutant } from "./mutant.ts";

const BACKUP = ["server/storage/backup/write-backup.test.ts"];
const WITHDRAWALS = ["server/storage/backup/withdrawals.test.ts"];
const COMMANDS = ["server/processes/backup-commands.test.ts"];
const FOLDER = "server/storage/sqlite/backup";

/** Backups, restoring them, and what must not come back with them. */
export const backups: readonly Mutant[] = [
	{
		file: "server/storage/sqlite/writer.ts",
		original: "\t\twithdrawals.keep();\n",
		replacement: "",
		tests: BACKUP,
	},
	{
		file: "server/storage/withdrawals/withdrawals-file.ts",
		original: 'isTorn(file) ? "\\n" : ""',
		replacement: '""',
		tests: BACKUP,
	},
	{
		file: `${FOLDER}/write-backup.ts`,
		original: "\tcopy.transaction(endShortLived)(copy);\n",
		replacement: "",
		tests: BACKUP,
	},
	{
		file: `${FOLDER}/write-backup.ts`,
		original: '\tcopy.pragma("secure_delete = ON");\n',
		replacement: '\tcopy.pragma("secure_delete = OFF");\n',
		tests: BACKUP,
	},
	{
		file: `${FOLDER}/write-backup.ts`,
		original: "isRunning(Number(pid)));",
		replacement: "true);",
		tests: BACKUP,
	},
	{
		file: `${FOLDER}/inspect.ts`,
		original: 'problem?.integrity_check !== "ok"',
		replacement: "problem === undefined",
		tests: BACKUP,
	},
	{
		file: `${FOLDER}/hold.ts`,
		original: '\t\tdb.pragma("locking_mode = EXCLUSIVE");\n',
		replacement: "",
		tests: BACKUP,
	},
	{
		file: `${FOLDER}/stage.ts`,
		original: "if (version > migrations.length)",
		replacement: "if (version < 0)",
		tests: BACKUP,
	},
	{
		file: `${FOLDER}/compare.ts`,
		original: "else seal.run(sealedAt, id);",
		replacement: "",
		tests: WITHDRAWALS,
	},
	{
		file: `${FOLDER}/apply-withdrawals.ts`,
		original: "if (!after.has(identityOf(each)))",
		replacement: "if (after.has(identityOf(each)))",
		tests: WITHDRAWALS,
	},
	{
		file: `${FOLDER}/known-withdrawals.ts`,
		original: "return isUsed ? found : undefined;",
		replacement: "return found;",
		tests: WITHDRAWALS,
	},
	{
		file: `${FOLDER}/take-place.ts`,
		original: "asBackedUp ? known : undefined",
		replacement: "undefined",
		tests: WITHDRAWALS,
	},
	{
		file: `${FOLDER}/known-withdrawals.ts`,
		original: "found !== undefined && !isRelated(replaced, accounts)",
		replacement: "false",
		tests: WITHDRAWALS,
	},
	{
		file: "server/storage/withdrawals/usable-file.ts",
		original: "why !== undefined && isNamed",
		replacement: "file === null",
		tests: WITHDRAWALS,
	},
	{
		file: "server/storage/withdrawals/usable-file.ts",
		original: "!named.some((id) => accounts.has(id))",
		replacement: "named.length === 0",
		tests: WITHDRAWALS,
	},
	{
		file: "server/storage/withdrawals/in-force.ts",
		original: "&& file.completeUntil <= at",
		replacement: "",
		tests: WITHDRAWALS,
	},
	{
		file: `${FOLDER}/known-withdrawals.ts`,
		original: "latestTime(replaced) < latest",
		replacement: "latestTime(replaced) < 0",
		tests: WITHDRAWALS,
	},
	{
		file: `${FOLDER}/copy-withdrawals.ts`,
		original: "isRecorded ? missingFromFile(db, unfinished) : []",
		replacement: "isRecorded && existsSync(file) ? [] : missingFromFile(db, unfinished)",
		tests: WITHDRAWALS,
	},
	{
		file: `${FOLDER}/take-place.ts`,
		original: "? missingFromFile(db, path)",
		replacement: "? []",
		tests: WITHDRAWALS,
	},
	{
		file: `${FOLDER}/hold.ts`,
		original: "isHeld && !exists ? createEmpty(path) : undefined",
		replacement: "undefined",
		tests: BACKUP,
	},
	{
		file: `${FOLDER}/compare.ts`,
		original: "if (sealedAt === undefined) revoke.run(now, id);",
		replacement: "if (sealedAt === undefined) continue;",
		tests: WITHDRAWALS,
	},
	{
		file: `${FOLDER}/compare.ts`,
		original: 'AND a."updatedAt" < ?',
		replacement: "AND ? IS NOT NULL",
		tests: WITHDRAWALS,
	},
	{
		file: `${FOLDER}/short-lived.ts`,
		original: '\t"invitation",\n',
		replacement: "",
		tests: WITHDRAWALS,
	},
	{
		file: "server/maintenance/backups.ts",
		original: "\t\t\tpruneBackups(folder, PREFIX, { keep, now: now() });\n",
		replacement: "",
		tests: COMMANDS,
	},
	{
		file: "server/storage/sqlite/storage.ts",
		original: "(version) => backUpBeforeUpdate(path, version, warn)",
		replacement: "undefined",
		tests: COMMANDS,
	},
];
