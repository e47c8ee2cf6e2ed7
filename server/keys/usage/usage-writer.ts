import type { Storage } from "../../storage/storage.ts";
import { createBatches } from "./batches.ts";
import { asRow, bySlot, type LoggedUses } from "./logged-uses.ts";
import type { ServerUse } from "./server-use.ts";
import { addServerUses } from "./server-uses.store.ts";
import type { StudioEntry } from "./studio-counts.ts";
import { addStudioUsage } from "./studio-usage.store.ts";
import { addUsage } from "./usage.store.ts";
import type { UsageEntry } from "./usage-entry.ts";
import { loggedSince, logUses } from "./usage-log.store.ts";

/** Counting more keys and servers at once would take most of the time: they are logged, and counted little by little. */
const MAX_COUNTED_AT_ONCE = 2_500;
/** The log takes at most about 300 bytes a request on the disk. */
const MAX_LOGGED_MS = 300_000;
/** Per transaction: 10 to 20 ms. */
const USES_PER_BATCH = 250;
const PARTS_PER_BATCH = 32;
const ADDITIVE = { priority: "low", additive: true } as const;

/** What was counted in memory. */
export interface Usage {
	entries: UsageEntry[];
	fromStudio: StudioEntry[];
	fromServers: ServerUse[];
}

export interface UsageWriterOptions {
	storage: Pick<Storage, "read" | "write">;
	/** Take back what was not written. */
	keep: {
		entry: (entry: UsageEntry) => void;
		fromStudio: (entry: StudioEntry) => void;
		fromServer: (use: ServerUse) => void;
	};
	onError: (error: unknown) => void;
	/** So many keys and game servers. Default: 2,500. */
	maxCountedAtOnce: number | undefined;
}

/** Writes what was counted: to the log where there are many keys. */
export function createUsageWriter(options: UsageWriterOptions) {
	const { storage, keep, onError, maxCountedAtOnce = MAX_COUNTED_AT_ONCE } = options;
	const { write } = storage;
	const size = USES_PER_BATCH;
	const games = createBatches<UsageEntry>({ size, write: (batch) => write(addUsage, batch, ADDITIVE), onError });
	const studio = createBatches<StudioEntry>({
		size,
		write: (batch) => write(addStudioUsage, batch, ADDITIVE),
		onError,
	});
	const servers = createBatches<ServerUse>({ size, write: (batch) => write(addServerUses, batch, ADDITIVE), onError });
	const logged = createBatches<LoggedUses>({
		size: PARTS_PER_BATCH,
		write: ({ batch, entries }) => write(logUses, { batch, rows: entries.map(asRow) }, ADDITIVE),
		onError,
	});
	/** All counted before is written. */
	let writtenTo: number | undefined;

	/** Where more uses come in than can be counted, they wait in memory, which adds up the same ones. */
	async function isLogShort(now: number): Promise<boolean> {
		const since = await storage.read(loggedSince, undefined).catch(() => undefined);
		return since === undefined || now - since < MAX_LOGGED_MS;
	}

	async function writeLog(uses: LoggedUses[]): Promise<boolean> {
		return logged.write(uses, ({ entries, servers: own }) => {
			entries.forEach(keep.entry);
			own.forEach(keep.fromServer);
		});
	}

	/** @param until when it was taken from memory, in milliseconds. Resolves to true if everything was written */
	return async function writeUsage({ entries, fromStudio, fromServers }: Usage, until: number): Promise<boolean> {
		writtenTo ??= until;
		const isMany = entries.length + fromServers.length > maxCountedAtOnce && (await isLogShort(until));
		let isWritten = await writeLog(isMany ? await bySlot(entries, fromServers, writtenTo) : []);
		const [countedNow, serversNow] = isMany ? [[], []] : [entries.sort(byKey), fromServers.sort(byKey)];
		if (isWritten) isWritten = await games.write(countedNow, keep.entry);
		else countedNow.forEach(keep.entry);
		if (isWritten) isWritten = await studio.write(fromStudio, keep.fromStudio);
		else fromStudio.forEach(keep.fromStudio);
		if (isWritten) isWritten = await servers.write(serversNow, keep.fromServer);
		else serversNow.forEach(keep.fromServer);
		if (isWritten) writtenTo = until;
		return isWritten;
	};
}

/** Those of neighbouring keys are written to the same pages. */
function byKey({ keyId: one }: { keyId: string }, { keyId: other }: { keyId: string }): number {
	if (one === other) return 0;
	return one < other ? -1 : 1;
}
