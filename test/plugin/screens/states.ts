import {
	API,
	APPROVED,
	ASKS,
	claimant,
	code,
	connected,
	EXPOSED,
	failed,
	find,
	LOCAL,
	LONG_APPROVED,
	LONG_LABEL,
	LONG_PATH,
	LONG_SERVER,
	MARKUP,
	refused,
	report,
	RIGHT_TO_LEFT,
	rotating,
	SERVER,
	TIMED_OUT,
	TOOLS,
} from "./samples.ts";

/**
 * States of the session, for drawing every screen without playing its flow. They follow `Screen` in
 * plugin/src/connect/state.ts, except that times are given as `endsIn` in seconds. Hostile states have the longest and
 * strangest texts that can get there: they may scroll further than others.
 */
export interface ScreenState {
	name: string;
	screen: { kind: string; [field: string]: unknown };
	notice?: Record<string, unknown>;
	hostile?: boolean;
}

export const SCREEN_STATES: ScreenState[] = [
	{ name: "no key", screen: { kind: "disconnected", address: SERVER, published: true, removed: false, tools: TOOLS } },
	{
		name: "no key, local, unpublished",
		screen: { kind: "disconnected", address: LOCAL, published: false, removed: false, tools: TOOLS },
	},
	{
		name: "Script removed",
		screen: { kind: "disconnected", address: SERVER, published: true, removed: true, tools: TOOLS },
	},
	{ name: "connected", screen: connected() },
	{
		name: "just connected",
		screen: connected(
			{ check: { kind: "accepted", report: report("Production", "Moonlit Studios") } },
			{ fresh: true },
		),
	},
	{ name: "HTTP requests off", screen: connected({}, { httpEnabled: false, fresh: true }) },
	{ name: "checking the key", screen: connected({ check: { kind: "checking" } }) },
	{ name: "revoked", screen: connected({ check: { kind: "rejected", code: "revoked_key" } }) },
	{ name: "unknown key", screen: connected({ check: { kind: "rejected", code: "unknown_key" } }) },
	{
		name: "server not reachable",
		screen: connected({ check: { kind: "unknown", failure: { kind: "connection-refused" } } }),
	},
	{
		name: "connected, hostile",
		hostile: true,
		screen: connected({
			path: LONG_PATH,
			address: LONG_SERVER,
			warnings: ["disabled", "not-archivable", "client-missing"],
			asks: ASKS,
			adoptable: true,
			updatable: true,
			check: { kind: "accepted", report: report(MARKUP, RIGHT_TO_LEFT) },
		}),
	},
	{ name: "old key in use", screen: connected({ check: rotating({ liveServers: 12, retirement: "waiting" }) }) },
	{ name: "old key silent", screen: connected({ check: rotating({ retirement: "waiting" }) }) },
	{ name: "old key safe", screen: connected({ check: rotating({ isSafe: true }) }) },
	{ name: "old key about to go", screen: connected({ check: rotating({ isSafe: true, retirement: "waiting" }) }) },
	{ name: "old key asks", screen: connected({ check: rotating({ liveServers: 1, retirement: "asking" }) }) },
	{
		name: "old key revoked",
		screen: connected({ check: rotating({ isRevoked: true, revokedAt: new Date().toISOString() }) }),
	},
	{
		name: "old key asks, hostile",
		hostile: true,
		screen: connected({
			address: LONG_SERVER,
			adoptable: true,
			updatable: true,
			check: rotating({ liveServers: 1_000_000, retirement: "asking" }, [MARKUP, RIGHT_TO_LEFT]),
		}),
	},
	{ name: "requesting a code", screen: { kind: "starting", address: SERVER } },
	{ name: "code", screen: code(SERVER) },
	{ name: "code, server failing", screen: code(SERVER), notice: { kind: "failure", failure: TIMED_OUT } },
	{ name: "code, scripts asked", screen: code(SERVER), notice: { kind: "scripts", denied: false } },
	{ name: "code, hostile", hostile: true, screen: code(LONG_SERVER), notice: { kind: "slow" } },
	{
		name: "changed options",
		screen: {
			kind: "ask",
			path: "ServerScriptService.Auxvyn",
			asks: [{ kind: "apis", origins: [API] }],
			then: "reconnect",
		},
	},
	{ name: "ask, hostile", hostile: true, screen: { kind: "ask", path: LONG_PATH, asks: ASKS, then: "update" } },
	{ name: "updating", screen: { kind: "working", action: "update" } },
	{ name: "nothing exposed", screen: { kind: "scan", report: { finds: [], changed: false } } },
	{ name: "changed while checked", screen: { kind: "scan", report: { finds: [], changed: true } } },
	{
		name: "keys found, hostile",
		hostile: true,
		screen: {
			kind: "scan",
			report: {
				finds: [
					find({ id: "1", path: LONG_PATH, meaning: "exposed", removable: true }),
					find({ id: "2", path: `Workspace.${RIGHT_TO_LEFT}`, meaning: "server", inPackage: true, onDisk: true }),
					find({ id: "3", path: "ServerScriptService.Auxvyn" }),
				],
				changed: true,
			},
		},
	},
	{
		name: "another workspace",
		screen: { kind: "confirm", approved: APPROVED, previousWorkspace: "Sunlit Games", tools: TOOLS },
	},
	{
		name: "another workspace, hostile",
		hostile: true,
		screen: {
			kind: "confirm",
			approved: LONG_APPROVED,
			previousWorkspace: LONG_LABEL,
			tools: { rojo: true, syncedPath: LONG_PATH },
		},
	},
	{ name: "installing", screen: { kind: "installing", address: SERVER, approved: APPROVED, step: "verifying" } },
	{ name: "playtest running", screen: { kind: "held", approved: APPROVED, endsIn: 201, why: { kind: "busy" } } },
	{
		name: "scripts refused, hostile",
		hostile: true,
		screen: { kind: "held", approved: LONG_APPROVED, endsIn: 201, why: { kind: "scripts-denied" } },
	},
	{ name: "draft", screen: { kind: "drafted", approved: APPROVED, endsIn: 201, withdrawing: false } },
	{ name: "leaving the draft", screen: { kind: "drafted", approved: APPROVED, endsIn: 201, withdrawing: true } },
	{ name: "not confirmed", screen: { kind: "unconfirmed", approved: APPROVED, failure: TIMED_OUT, address: SERVER } },
	{
		name: "exposed",
		screen: refused({ kind: "exposed", path: "ReplicatedStorage.Auxvyn", home: "ReplicatedStorage", hint: "93fe" }),
	},
	{
		name: "exposed, hostile",
		hostile: true,
		screen: refused({ kind: "exposed", path: LONG_PATH, home: "ReplicatedStorage", hint: "93fe" }),
	},
	{
		name: "several Scripts",
		screen: refused({
			kind: "several",
			claimants: [claimant("ServerScriptService.Auxvyn"), claimant("ReplicatedStorage.Shop.Auxvyn", EXPOSED)],
		}),
	},
	{
		name: "several Scripts, hostile",
		hostile: true,
		screen: refused({
			kind: "several",
			claimants: [claimant(LONG_PATH), claimant(LONG_PATH, EXPOSED), claimant("Workspace.Auxvyn", EXPOSED)],
			namesake: { path: `ServerScriptService.${MARKUP}`, className: "Folder" },
		}),
	},
	{
		name: "another server",
		screen: refused({
			kind: "other-address",
			path: "ServerScriptService.Auxvyn",
			keyAddress: LOCAL,
			pluginAddress: SERVER,
		}),
	},
	{ name: "permission denied", screen: failed({ kind: "backend", failure: { kind: "permission-denied" } }, "works") },
	{
		name: "not restored",
		screen: failed(
			{ kind: "write", failure: { kind: "error", message: `${LONG_PATH}: ${MARKUP}` } },
			"not-restored",
			LONG_SERVER,
		),
		hostile: true,
	},
	{ name: "code expired", screen: failed({ kind: "expired" }, "none") },
	{ name: "settings", screen: { kind: "settings", address: SERVER, baked: SERVER } },
	{
		name: "settings, hostile",
		hostile: true,
		screen: {
			kind: "settings",
			address: SERVER,
			baked: LONG_SERVER,
			typed: `${LONG_SERVER.text}/with/a/path`,
			problem: "malformed",
		},
	},
];
