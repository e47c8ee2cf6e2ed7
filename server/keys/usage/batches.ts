import { randomUUID } from "node:crypto";

import { StorageError } from "../../errors/storage-error.ts";

/** A batch that may have been added is given up well before `sweepUsageBatches` forgets it: later, it could be twice. */
const TRIED_FOR_MS = 12 * 3_600_000;

interface Batch<Entry> {
	batch: string;
	entries: Entry[];
}

export interface BatchesOptions<Entry> {
	/** Entries per transaction. */
	size: number;
	write: (batch: Batch<Entry>) => Promise<void>;
	onError: (error: unknown) => void;
}

/** Writes entries in batches. One whose answer was lost is sent again as it was, since it may have been added. */
export function createBatches<Entry>({ size, write, onError }: BatchesOptions<Entry>) {
	/** May have been added, whatever later attempts say. */
	let unsettled: (Batch<Entry> & { since: number })[] = [];

	return {
		isSettled: () => unsettled.length === 0,
		/** Resolves to false after a failure, with `keep` called for everything that was certainly not written. */
		async write(entries: readonly Entry[], keep: (entry: Entry) => void): Promise<boolean> {
			const fresh = split(entries, size);
			unsettled = unsettled.filter(({ since }) => performance.now() - since < TRIED_FOR_MS);
			try {
				for (let [batch] = unsettled; batch !== undefined; [batch] = unsettled) {
					await write({ batch: batch.batch, entries: batch.entries });
					unsettled.shift();
				}
				for (let [batch] = fresh; batch !== undefined; [batch] = fresh) {
					await write(batch);
					fresh.shift();
				}
				return true;
			} catch (error) {
				const isUnknown = error instanceof StorageError && error.code === "outcome_unknown";
				if (isUnknown && unsettled.length === 0)
					unsettled = fresh.splice(0, 1).map((batch) => ({ ...batch, since: performance.now() }));
				for (const batch of fresh) batch.entries.forEach(keep);
				onError(error);
				return false;
			}
		},
	};
}

function split<Entry>(entries: readonly Entry[], size: number): Batch<Entry>[] {
	const batches: Batch<Entry>[] = [];
	for (let start = 0; start < entries.length; start += size)
		batches.push({ batch: randomUUID(), entries: entries.slice(start, start + size) });
	return batches;
}
