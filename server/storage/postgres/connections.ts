import { StorageError } from "../../errors/storage-error.ts";
import type { CommitWatch } from "./commit-watch.ts";
import { type ConnectionOptions, createConnection } from "./connection.ts";
import { createOutageLog } from "./outage-log.ts";
import { createAgreement, type SharedSetting } from "./shared-settings.ts";
import { faultIn, reasonOf } from "./start-faults.ts";

type Limits = Required<Pick<ConnectionOptions, "settings" | "silentMs">>;

/**
 * How statements over many rows are planned. Each time: a plan that fits any values is kept until the table is analyzed, so
 * that one from when it was almost empty would read all of it. And by index: what is looked for is mostly in memory, or on
 * a disk without a head to move.
 */
const PLANNING = { plan_cache_mode: "force_custom_plan", random_page_cost: "1.1" };
/** How reads are planned: plans are kept, and each is of a few rows by their keys, even if a table was empty at that time. */
const BY_KEY = { enable_seqscan: "off", enable_hashjoin: "off", enable_mergejoin: "off", enable_material: "off" };
/** A connection that is not asked for anything is pinged each second. Without that for so long, its server hangs. */
const HANGS = { idle_session_timeout: "15000" };
const WRITING: Limits = {
	settings: {
		...HANGS,
		...PLANNING,
		statement_timeout: "5000",
		lock_timeout: "3000",
		idle_in_transaction_session_timeout: "5000",
		synchronous_commit: "on",
	},
	silentMs: 5_500,
};
/**
 * By the name of the connection: what PostgreSQL ends by itself, should this server hang, and after which silence this
 * server gives PostgreSQL up. In milliseconds.
 */
const LIMITS = {
	checks: { settings: { ...HANGS, statement_timeout: "2000" }, silentMs: 2_000 },
	// Reads wait for locks only while tables are changed, and all later ones would wait behind them.
	reads: { settings: { ...HANGS, ...BY_KEY, statement_timeout: "1500", lock_timeout: "500" }, silentMs: 2_000 },
	scans: {
		settings: { ...HANGS, ...PLANNING, statement_timeout: "15000", idle_in_transaction_session_timeout: "5000" },
		silentMs: 15_500,
	},
	writes: WRITING,
	counts: WRITING,
	commits: { settings: { ...HANGS, statement_timeout: "2000" }, silentMs: 2_000 },
	outcomes: { settings: { ...HANGS, statement_timeout: "2000", synchronous_commit: "on" }, silentMs: 2_000 },
} satisfies Record<string, Limits>;

/** How long they may take to open, once the database is there. */
const WAIT_MS = 10_000;

export interface OpenConnectionsOptions {
	url: string;
	commits: CommitWatch;
	shared: readonly SharedSetting[];
	warn: (text: string) => void;
	waitMs?: number | undefined;
}

/**
 * Opens one server's connections.
 * @throws StorageError `unusable` if PostgreSQL does not give them all
 */
export async function openConnections(options: OpenConnectionsOptions) {
	const { url, commits, shared, warn, waitMs = WAIT_MS } = options;
	const outages = createOutageLog({
		warn,
		reason: () => faultIn(checks.failure ?? {}, url) ?? reasonOf(checks.failure ?? {}),
	});
	const agreement = createAgreement(shared, warn);
	const connect = (name: keyof typeof LIMITS, more: Partial<ConnectionOptions> = {}) =>
		createConnection({ url, name, ...LIMITS[name], ...more });
	const checks = connect("checks", {
		// The others wait for answers on the same dead network, and some may do so for longer.
		onSilent: () => all.forEach(({ drop }) => drop()),
		onOpened: outages.back,
		onLost: outages.lost,
		// After a failover, some may still be on the old primary.
		onConnect: async ({ server }) => {
			for (const other of all) if (other !== checks && other.server !== server) other.drop();
		},
	});
	const beside = checks;
	const connections = {
		checks,
		reads: connect("reads", { pipeline: true, beside }),
		scans: connect("scans", { beside }),
		writes: connect("writes", { beside }),
		counts: connect("counts", { beside }),
		commits: connect("commits", {
			beside,
			onNotification: commits.committed,
			onConnect: async (session) => {
				await session.script("LISTEN auxvyn_commit");
				await agreement(session);
				commits.committed();
			},
		}),
		outcomes: connect("outcomes", { beside }),
	};
	const all = Object.values(connections);

	async function close(): Promise<void> {
		outages.close();
		await Promise.all(all.map((connection) => connection.close()));
	}

	try {
		await Promise.all(all.map((connection) => connection.ready(waitMs)));
	} catch (error) {
		await close();
		const reason = error instanceof Error ? error.message : "";
		throw new StorageError(
			"unusable",
			`Cannot use the database of DATABASE_URL: each server needs ${all.length} connections. ${reason}`,
			{ cause: error },
		);
	}
	/** How often one was opened again. */
	const reopened = () => all.reduce((sum, { generation }) => sum + Math.max(0, generation - 1), 0);
	return { ...connections, reopened, close };
}
