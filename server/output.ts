import type { Writable } from "node:stream";

/** How much may wait for a reader that has stopped reading. */
const MAX_WAITING_BYTES = 1024 * 1024;

type Done = (error?: Error | null) => void;

export interface OutputGuard {
	/** Lines dropped since the start. */
	dropped(): number;
	/** Calls `listener` when a stream works again, with the number of lines it has lost. */
	onRecovery(listener: (dropped: number) => void): void;
}

/**
 * Keeps a failure of `streams` from ending the process, from any writer: the disk is full, or the reader is gone or has
 * stopped reading. Lines that cannot be written are dropped and counted.
 */
export function guardOutput(streams: readonly Writable[]): OutputGuard {
	const listeners: ((dropped: number) => void)[] = [];
	const recovered = (dropped: number): void => listeners.forEach((listener) => listener(dropped));
	const guarded = streams.map((stream) => guardStream(stream, recovered));
	return {
		dropped: () => guarded.reduce((sum, { dropped }) => sum + dropped(), 0),
		onRecovery: (listener) => void listeners.push(listener),
	};
}

function guardStream(stream: Writable, recovered: (dropped: number) => void): { dropped: () => number } {
	const write = stream.write.bind(stream) as (chunk: unknown, encoding: unknown, done: Done) => boolean;
	let total = 0;
	/** What `total` was at the last recovery. */
	let reported = 0;
	/** True after a failure: a full disk may have taken the beginning of a line. */
	let torn = false;

	function settle(error: Error | null | undefined): void {
		if (error) {
			total += 1;
			torn = true;
		} else if (total > reported && stream.writableLength < MAX_WAITING_BYTES / 2) {
			const dropped = total - reported;
			reported = total;
			recovered(dropped);
		}
	}

	function guardedWrite(chunk: unknown, encoding?: unknown, done?: Done): boolean {
		const after = (typeof encoding === "function" ? encoding : done) as Done | undefined;
		if (stream.writableLength > MAX_WAITING_BYTES) {
			total += 1;
			if (after !== undefined) process.nextTick(after);
			return true;
		}
		if (torn) write("\n", undefined, () => undefined);
		torn = false;
		return write(chunk, typeof encoding === "function" ? undefined : encoding, (error) => {
			settle(error);
			after?.(error);
		});
	}

	// An error without a listener would end the process. The callbacks count it.
	stream.on("error", () => undefined);
	stream.write = guardedWrite as Writable["write"];
	return { dropped: () => total };
}

/** Prints Node's own warnings by way of the guarded stream. Node itself would write past it. */
export function guardWarnings(): void {
	// None with --no-warnings.
	if (process.listenerCount("warning") === 0) return;
	process.removeAllListeners("warning");
	process.on("warning", ({ name, message }) => console.error(`(node:${process.pid}) ${name}: ${message}`));
}
