import type { Mutant } from "./mutant.ts";

const ROTATION = ["clauses", "silence", "retire"].map((name) => `server/rotation/${name}.test.ts`);
const [CLAUSES, SILENCE, RETIRE] = ROTATION.map((name) => [name]) as [string[], string[], string[]];
/** By chance, in enough histories. */
const HISTORIES = ["server/rotation"];

function inFile(file: string, tests: string[]) {
	return (original: string, replacement: string, others = tests): Mutant => ({
		file,
		original,
		replacement,
		tests: others,
	});
}

const judge = inFile("server/keys/rotate/judge.ts", CLAUSES);
const silence = inFile("server/keys/rotate/silence.store.ts", SILENCE);
const facts = inFile("server/keys/rotate/facts.store.ts", CLAUSES);
const lineage = inFile("server/keys/rotate/lineage.store.ts", RETIRE);
const processes = inFile("server/keys/usage/processes.store.ts", SILENCE);
const marks = inFile("server/keys/usage/commit-marks.ts", SILENCE);
const gameServer = inFile("server/keys/usage/game-server.ts", CLAUSES);
const serverUses = inFile("server/keys/usage/server-uses.store.ts", CLAUSES);
const serverPlaces = inFile("server/keys/usage/server-places.store.ts", CLAUSES);
const examine = inFile("server/keys/retire/examine.store.ts", CLAUSES);
const begin = inFile("server/keys/retire/retirement.store.ts", RETIRE);
const byMember = inFile("server/keys/retire/member-retirement.store.ts", RETIRE);

/** When a retired key is revoked. */
export const rotation: readonly Mutant[] = [
	judge("at !== null && at > now - REMEMBERED_MS;", "at !== null;"),
	judge('if (!isReplaced) waiting.push(entry("no_newer_version", {}));', "", RETIRE),
	judge("if (isRecent(lastWithoutServerAt))", "if (isRecent(null))"),
	judge("if (isRecent(placesDroppedAt))", "if (isRecent(null))"),
	judge(
		"live.length === 0 && silent < SILENT_STRETCHES",
		"live.length === 0 && silent < SILENT_STRETCHES - 1",
		SILENCE,
	),
	judge("live.length === 0 && silent < SILENT_STRETCHES", "live.length === 0 && silent <= SILENT_STRETCHES", SILENCE),
	judge("if (newest <= version) {", "if (newest < version) {"),
	judge('newest === version ? "same_version" : "no_newer_version"', '"no_newer_version" as const'),
	judge("withoutHeartbeatAt !== null && withoutHeartbeatAt > now - REMEMBERED_MS", "withoutHeartbeatAt !== null"),
	judge("withoutHeartbeatAt !== null && withoutHeartbeatAt > now - REMEMBERED_MS", "withoutHeartbeatAt === 0"),
	judge('if (now - since > MAX_AGE_MS) return "asking";', ""),
	judge('if (waiting.some(({ code }) => code === "too_many_places")) return "asking";', ""),
	judge('waiting.length > 0 && waiting.every(({ code }) => code === "no_newer_version")', "waiting.length < 0"),
	judge(
		'waiting.every(({ code }) => code === "no_newer_version")',
		'waiting.some(({ code }) => code === "no_newer_version")',
		[...CLAUSES, ...HISTORIES],
	),
	silence(" AND used.from_servers > 0", ""),
	silence("(isUsedSince ? 0 : silent) + heard.length", "silent + heard.length"),
	silence("stretchOf(lastUsedAt) + 1", "stretchOf(lastUsedAt)"),
	silence("!gaps.some((gap) => overlaps(stretch, gap))", "gaps.length < 100"),
	silence("stretch * STRETCH_MS < to && ", ""),
	silence("(stretch + 1) * STRETCH_MS > from", "stretch * STRETCH_MS > from"),
	silence("countedTo: end - LOOKED_BACK", "countedTo: end"),
	silence("const LOOKED_BACK = 12;", "const LOOKED_BACK = 144;"),
	silence("Math.max(countedTo, firstAfterUse, ", "Math.max(firstAfterUse, "),
	facts("AND k.revoked_at IS NULL AND m.at IS NULL", "AND m.at IS NULL", RETIRE),
	facts('\t\t.where("closed_at", "is", null)\n', ""),
	facts("db.now - SERVER_LIVE_SECONDS * 1000", "db.now - SERVER_LIVE_SECONDS * 2000"),
	facts("db.now - SERVER_LIVE_SECONDS * 1000", "db.now - SERVER_LIVE_SECONDS * 500"),
	facts('\t\t.where("last_seen_at", ">", db.now - REMEMBERED_MS)\n', ""),
	facts('fn.max<number>("place_version")', 'fn.min<number>("place_version")', RETIRE),
	facts("findNewVersions(db, active)", "findNewVersions(db, line)", RETIRE),
	lineage("if (line.size >= MAX_KEYS) break;", "if (line.size >= 1) break;"),
	lineage("if (each !== keyId && line.size < MAX_KEYS)", "if (each !== keyId)"),
	lineage("AND replaced_by IS NOT NULL", "AND replaced_by IS NULL"),
	processes("until - GIVEN_UP_AFTER_MS", "until"),
	processes("...givenUp.map(({ from }) => ({ from, to: until }))", ""),
	processes("if (before !== null) return [{ from: before, to: until }];", ""),
	processes("other === undefined && until - latest >= PAUSE_MS", "other !== undefined"),
	processes("until - latest >= PAUSE_MS", "until - latest >= 0"),
	processes('\t\t.where("address", "in", [address, ...vacant])\n', '\t\t.where("address", "=", "")\n'),
	processes("crashed.map(({ from }) => ({ from, to: db.now }))", "[]"),
	processes('fn.min<number | null>("committed_to")', 'fn.max<number | null>("committed_to")'),
	marks("if (at - aliveAt > STRETCH_MS) gaps.push({ from: aliveAt, to: at });", ""),
	marks("if (Math.abs(drift) > DRIFT_MS) gaps.push({ from: takenAt.at, to: taken.at });", ""),
	marks("const DRIFT_MS = 2_000;", "const DRIFT_MS = 500;"),
	marks("const drift = taken.at - takenAt.at - (taken.monotonic - takenAt.monotonic);", "const drift = 0;"),
	gameServer("const HEARTBEAT_MAX_SECONDS = 150;", "const HEARTBEAT_MAX_SECONDS = 151;"),
	gameServer(
		"heartbeat > 0 && heartbeat <= HEARTBEAT_MAX_SECONDS",
		"heartbeat > 0 && heartbeat < HEARTBEAT_MAX_SECONDS",
	),
	gameServer("heartbeat > 0 && heartbeat <= HEARTBEAT_MAX_SECONDS", "heartbeat <= HEARTBEAT_MAX_SECONDS"),
	serverUses('\n\t\t\tAND key_server.last_seen_at <= closed."goodbyeAt"', ""),
	serverUses("THEN NULL ELSE key_server.closed_at END", "THEN key_server.closed_at ELSE key_server.closed_at END"),
	serverPlaces('place_version = ${greater("place_version")}', "place_version = excluded.place_version"),
	serverPlaces(
		'without_heartbeat_at = ${greater("without_heartbeat_at")}',
		"without_heartbeat_at = excluded.without_heartbeat_at",
	),
	serverPlaces("else dropped.push(", "else if (place.placeId === 0) dropped.push("),
	{
		file: "server/keys/usage/usage-meter.ts",
		original: "await marks.written(until);",
		replacement: "await marks.written(marks.take());",
		tests: ["server/rotation/marks.test.ts"],
	},
	{
		file: "server/keys/authenticate/games.routes.ts",
		original: "if (isClosing(request.raw.headers)) recordGoodbye",
		replacement: "if (isClosing({})) recordGoodbye",
		tests: CLAUSES,
	},
	examine('if (state === "waiting" && waiting.length === 0)', "if (waiting.length === 0)"),
	examine('.where("r.counted_to", "<", end)', '.where("r.counted_to", "<", 0)', SILENCE),
	examine("Number(db.now - since > MAX_AGE_MS)", "1", [...CLAUSES, ...SILENCE]),
	examine('reason: "retired"', 'reason: "deleted"', RETIRE),
	begin('known?.state === "waiting" && known.replaced_by === replacedBy', "known?.replaced_by === replacedBy", CLAUSES),
	begin('known?.state === "waiting" && known.replaced_by === replacedBy', "known?.state === null"),
	begin('\t\t.where("key_id", "=", keyId)\n\t\t.where("state", "<>", "done")', '\t\t.where("key_id", "=", "")'),
	byMember("successor.confirmedAt !== null && replacedBy !== keyId", "successor.confirmedAt !== null"),
	byMember("successor.confirmedAt !== null && replacedBy !== keyId", "replacedBy !== keyId"),
	byMember('successor?.state === "active"', "successor !== undefined"),
	byMember('if (state === "active") return;', "if (state !== null) return;"),
];
