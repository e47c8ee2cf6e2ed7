import { StorageError } from "../errors/storage-error.ts";
import type { ScanOptions } from "./storage.ts";

interface Waiting {
	start: () => void;
	isLimited: boolean;
}

/** Per account. The dashboard requests only a few things at a time. */
const MAX_WAITING = 100;

const SERVER = Symbol("the server's own scans");

/** Runs scans one at a time. Accounts take turns, and a scan whose client has disconnected is skipped. */
export function createScanQueue() {
	/** By account, the next one first. */
	const lines = new Map<string | symbol, Waiting[]>();
	let busy = false;
	let paused = false;

	/** @throws StorageError `too_many_waiting`, `abandoned` */
	async function inTurn<T>(options: ScanOptions, scan: () => Promise<T>): Promise<T> {
		if (options.signal?.aborted === true) throw abandoned();
		if (busy || paused) await waitForTurn(options);
		busy = true;
		try {
			return await scan();
		} finally {
			next();
		}
	}

	function waitForTurn({ account = SERVER, signal, maxWaiting }: LineOptions): Promise<void> {
		const line = lines.get(account) ?? [];
		if (account !== SERVER && line.length >= MAX_WAITING) throw tooMany();
		if (maxWaiting !== undefined && line.filter(({ isLimited }) => isLimited).length >= maxWaiting) {
			throw tooMany();
		}
		lines.set(account, line);
		return new Promise((resolve, reject) => {
			const leave = (): void => {
				line.splice(line.indexOf(waiting), 1);
				if (line.length === 0) lines.delete(account);
				reject(abandoned());
			};
			const waiting: Waiting = {
				isLimited: maxWaiting !== undefined,
				start: () => {
					signal?.removeEventListener("abort", leave);
					resolve();
				},
			};
			signal?.addEventListener("abort", leave, { once: true });
			line.push(waiting);
		});
	}

	function next(): void {
		busy = false;
		if (paused) return;
		const [account, line] = lines.entries().next().value ?? [];
		if (account === undefined || line === undefined) return;
		busy = true;
		const first = line.shift();
		// Behind all others, if it has more scans.
		lines.delete(account);
		if (line.length > 0) lines.set(account, line);
		first?.start();
	}

	return {
		inTurn,
		/** The current scan finishes; no other one starts. */
		pause(): void {
			paused = true;
		},
		resume(): void {
			paused = false;
			if (!busy) next();
		},
	};
}

type LineOptions = Omit<ScanOptions, "account"> & { account?: string | symbol };

function tooMany(): StorageError {
	return new StorageError("too_many_waiting", "Too many scans of this account are waiting.");
}

function abandoned(): StorageError {
	return new StorageError("abandoned", "The client disconnected before its scan started.");
}
