import Fastify, { type FastifyInstance, type FastifyRequest } from "fastify";

import { sweepAccountEvents } from "./accounts/activity/account-events.store.ts";
import { accounts } from "./accounts/index.ts";
import type { PasswordHash } from "./accounts/passwords/hashing.ts";
import { sweepKnownNetworks } from "./accounts/sessions/known-networks.store.ts";
import { sweepSessions } from "./accounts/sessions/session-sweep.store.ts";
import { sweepPendingSignUps } from "./accounts/sign-up/pending.store.ts";
import { sweepActivity } from "./activity/sweep.store.ts";
import { backends } from "./backends/index.ts";
import { checklist } from "./checklist/index.ts";
import { type Clock, systemClock } from "./clock.ts";
import type { Config } from "./config.ts";
import { buildDashboard } from "./dashboard/build.ts";
import { firstLoad } from "./first-load/index.ts";
import { limitChanges } from "./http/change-limits.ts";
import { fastifyOptions } from "./http/fastify-options.ts";
import { http } from "./http/index.ts";
import type { LogStream } from "./http/logging.ts";
import { pages } from "./http/pages.ts";
import { noPeers, type Peers } from "./http/peers.ts";
import { limitWork } from "./http/work-limits.ts";
import { keys } from "./keys/index.ts";
import { sweepCreationRequests } from "./keys/manage/creation-requests.store.ts";
import { examineRetirements } from "./keys/retire/examine.store.ts";
import { countLoggedUses } from "./keys/usage/count-logged-uses.ts";
import { sweepServers } from "./keys/usage/kept-servers.store.ts";
import { throughAllKeys } from "./keys/usage/through-all-keys.ts";
import { sweepUsageBatches } from "./keys/usage/usage-batch.store.ts";
import { recountRequests, sweepUsage } from "./keys/usage/usage-sweep.store.ts";
import { live } from "./live/index.ts";
import { createBackups } from "./maintenance/backups.ts";
import { type ClockWatch, createClockWatch } from "./maintenance/clock-watch.ts";
import { type Chore, startJanitor } from "./maintenance/janitor.ts";
import { watchWithdrawals } from "./maintenance/withdrawals-watch.ts";
import { offboarding } from "./offboarding/index.ts";
import { resetAccount } from "./offboarding/reset-account.store.ts";
import { sweepRevokedMakers } from "./offboarding/revoke-by-maker.store.ts";
import { sweepDeletedWorkspaces } from "./offboarding/sweep-workspaces.store.ts";
import { openStorage } from "./open-storage.ts";
import { pairing } from "./pairing/index.ts";
import { sealPairing } from "./pairing/seal.store.ts";
import { sweepPairings } from "./pairing/sweep.store.ts";
import { people } from "./people/index.ts";
import { createSignUps } from "./people/sign-ups.ts";
import { pluginDownload } from "./plugin-download/index.ts";
import { sweepDailyUse } from "./quotas/quotas.store.ts";
import { loadSecret } from "./secret.ts";
import { createDiskFloor, type DiskFloor, type FreeBytes } from "./storage/sqlite/disk-floor.ts";
import { databasePath } from "./storage/sqlite/open-database.ts";
import type { Threads } from "./storage/sqlite/thread.ts";
import type { Storage } from "./storage/storage.ts";
import type { StoreList } from "./storage/store-list.ts";
import { stores } from "./stores.ts";
import { workspaces } from "./workspaces/index.ts";

declare module "fastify" {
	interface FastifyInstance {
		storage: Storage;
	}
}

export interface Overrides {
	clock?: Clock;
	logStream?: LogStream;
	/** Lines of the log that this process could not write, for the metrics. Default: none. */
	droppedLines?: () => number;
	/** The other processes that serve the port. Default: none. */
	peers?: Peers;
	/** The folder of the built dashboard. Default: built first if stale. */
	dashboard?: string;
	/** How passwords are hashed and verified. Default: scrypt. */
	passwordHash?: PasswordHash;
	/** Delay before mail is sent that only some addresses get. Default: one to three seconds. */
	mailDelayMs?: () => number;
	/** The store functions. Tests add their own. */
	stores?: StoreList;
	/** Storage threads shared by several servers in one process. Default: separate ones. */
	threads?: Threads;
	/** Free space on the disk of a folder, in bytes. Default: asks the file system. */
	freeBytes?: FreeBytes;
	/** How many keys and game servers are counted at once, and not logged first. Default: 2,500. */
	maxCountedAtOnce?: number;
	/** How often the janitor, and the counting of logged uses, look for work. Default: five and two seconds. */
	tidyEveryMs?: number;
	/** Runs each transaction, rolls it back, and runs it again. For tests. */
	runTwice?: boolean;
}

/**
 * Builds the server without listening.
 * @throws StorageError, ConfigError with a one-line message that says what to do
 */
export async function buildApp(config: Config, overrides: Overrides = {}): Promise<FastifyInstance> {
	const machineClock = overrides.clock ?? systemClock;
	const peers = overrides.peers ?? noPeers;
	/** From before there is a log. */
	const warnings: string[] = [];
	let warn = (text: string): void => void warnings.push(text);
	const disk = createDiskFloor({
		folder: config.dataDir,
		// PostgreSQL's disk is its own machine's.
		floorBytes: config.databaseUrl === undefined ? config.diskFloorBytes : 0,
		freeBytes: overrides.freeBytes,
		monotonic: () => machineClock.monotonic(),
	});
	const storage = await openStorage(config, {
		clock: machineClock,
		stores: overrides.stores ?? stores,
		threads: overrides.threads,
		runTwice: overrides.runTwice,
		isDiskLow: disk.isLow,
		leads: peers.leads,
		warn: (text) => warn(text),
		say: (line) => console.log(line),
	});
	/** The wall clock only as far as it is believed. */
	const clock: Clock = { now: () => storage.now(), monotonic: () => machineClock.monotonic() };
	const secret = loadSecret(config, (text) => void warnings.push(text));
	const app = Fastify(fastifyOptions(config, { stream: overrides.logStream, worker: peers.worker }));
	const log = {
		info: (text: string) => app.log.info(text),
		warn: (text: string) => app.log.warn(text),
		error: (text: string) => app.log.error(text),
	};
	for (const warning of warnings) log.warn(warning);
	({ warn } = log);
	/** What is the same in all processes is logged by one of them. */
	const sharedLog = {
		info(text: string): void {
			if (peers.leads()) log.info(text);
		},
		warn(text: string): void {
			if (peers.leads()) log.warn(text);
		},
	};

	app.decorate("storage", storage);
	reportDisk(app, disk, { floorBytes: config.diskFloorBytes, peers });
	const backups = createBackups({
		database: databasePath(config.dataDir),
		settings: config.backups,
		now: () => storage.now(),
		isDiskLow: disk.isLow,
		log,
	});
	const tellBackups = peers.shareLatest("backups", backups.adopt);
	// PostgreSQL is backed up by its own tools.
	const isSqlite = config.databaseUrl === undefined;
	if (isSqlite) backups.start();
	app.addHook("onClose", async () => backups.close());
	// Runs last: onClose hooks run in reverse order.
	app.addHook("onClose", () => storage.close());
	await http(app, {
		config,
		clock,
		storage,
		disk,
		backups: backups.state,
		peers,
		droppedLines: overrides.droppedLines,
	});
	const accountIdOf = async (request: FastifyRequest) => (await app.accounts.find(request))?.id;
	limitWork(app, { accountIdOf });
	limitChanges(app, { clock, config, peers, accountIdOf });
	const { passwordHash, mailDelayMs } = overrides;
	const signUps = createSignUps(storage);
	await app.register(accounts, {
		config,
		secret,
		storage,
		clock,
		peers,
		signUps,
		reset: (given) => storage.write(resetAccount, given, { reserve: true }),
		passwordHash,
		mailDelayMs,
	});
	await app.register(workspaces, { storage });
	await app.register(backends, { storage, clock });
	await app.register(people, { config, storage, clock, peers });
	await app.register(keys, {
		config,
		storage,
		clock,
		peers,
		seal: (keyId) => storage.write(sealPairing, { keyId }, { priority: "high" }),
		maxCountedAtOnce: overrides.maxCountedAtOnce,
	});
	await app.register(checklist, { storage });
	await app.register(pairing, { config, storage, clock, peers });
	await app.register(offboarding, { storage });
	await app.register(firstLoad, { config, storage });
	await app.register(live, { storage });
	await app.register(pluginDownload, { publicUrl: config.publicUrl });
	await app.register(pages, { config, dashboard: overrides.dashboard ?? (await buildDashboard()) });
	const clockWatch = createClockWatch({ storage, log: sharedLog });
	await clockWatch.start();
	/** Also those that only join now. */
	const tellOfBackups: Chore = async () => {
		tellBackups(backups.latest());
		return false;
	};
	tidyUp(app, storage, {
		peers,
		clock: clockWatch,
		chores: isSqlite ? [backups.chore, tellOfBackups, watchWithdrawals({ storage, log })] : [],
		everyMs: overrides.tidyEveryMs,
	});
	return app;
}

function reportDisk(
	app: FastifyInstance,
	disk: DiskFloor,
	{ floorBytes, peers }: { floorBytes: number; peers: Peers },
): void {
	disk.watch(() => {
		if (!peers.leads()) return;
		const facts = { freeBytes: disk.freeBytes(), floorBytes };
		if (disk.isLow()) app.log.warn(facts, "the disk is almost full: nothing new is stored until there is space");
		else app.log.info(facts, "there is space on the disk again");
	});
	app.addHook("onClose", async () => disk.close());
}

interface TidyUpOptions {
	peers: Peers;
	clock: ClockWatch;
	/** More to do, in one process, whether or not the clock is believed. */
	chores: readonly Chore[];
	everyMs: number | undefined;
}

const HOUR_MS = 3_600_000;
const FLUSH_EVERY_MS = 2_000;

function tidyUp(app: FastifyInstance, storage: Storage, { peers, clock, chores: more, everyMs }: TidyUpOptions): void {
	const sweeps = [
		sweepPairings,
		sweepRevokedMakers,
		sweepDeletedWorkspaces,
		sweepSessions,
		sweepKnownNetworks,
		sweepDailyUse,
		sweepPendingSignUps,
		sweepAccountEvents,
		sweepActivity,
		sweepUsage,
		sweepUsageBatches,
		sweepCreationRequests,
	];
	const low = { priority: "low" } as const;
	const chores = sweeps.map((sweep) => () => storage.write(sweep, undefined, low));
	const forgetServers = throughAllKeys({
		everyMs: 6 * HOUR_MS,
		now: storage.now,
		step: (after) => storage.write(sweepServers, { after }, low),
	});
	const recount = throughAllKeys({
		everyMs: HOUR_MS,
		now: storage.now,
		step: (after) => storage.write(recountRequests, { after }, low),
	});
	let flushedAt = -Infinity;
	/** Before the sweeps, which delete minutes that it reads; also while the clock is in doubt: it counts running time. */
	const retire: Chore = async () => {
		// Its steps follow one another quickly.
		if (performance.now() - flushedAt > FLUSH_EVERY_MS) {
			await app.usage.flush();
			flushedAt = performance.now();
		}
		return storage.write(examineRetirements, undefined, low);
	};
	const isLeader = async () => peers.leads() && (await storage.isLeader());
	const stopCounting = countLoggedUses({
		storage,
		isLeader,
		onError: (error) => app.log.error(error, "logged usage could not be counted; will retry"),
		everyMs,
	});
	const janitor = startJanitor({
		always: [clock.watch],
		once: [...more, retire, ...[...chores, forgetServers].map(clock.whenCertain), recount],
		isLeader,
		everyMs,
	});
	// Not awaited: storage closes last, and waits for a running step.
	app.addHook("onClose", async () => void Promise.all([janitor.close(), stopCounting()]));
}
