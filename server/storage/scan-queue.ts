import { StorageError } from "../errors/storage-error.ts";
import type { ScanOptions } from "./storage.ts";

interface Waiting {
	begin: () => void;
	isLimited: boolean;
}

const SERVER = Symbol("the server's own scans");

/** Runs scans one after the other. Accounts take turns, and a scan whose client has left is skipped. */
export function createScanQueue() {
	/** By account, the next one first. */
	const lines = new Map<string | symbol, Waiting[]>();
	let busy = false;

	/** @throws StorageError `too_many_waiting`, `abandoned` */
	async function inTurn<T>(options: ScanOptions, scan: () => Promise<T>): Promise<T> {
		if (options.signal?.aborted === true) throw abandoned();
		if (busy) await waitForTurn(options);
		busy = true;
		try {
			return await scan();
		} finally {
			next();
		}
	}

	function waitForTurn({ account = SERVER, signal, mostWaiting }: LineOptions): Promise<void> {
		const line = lines.get(account) ?? [];
		if (mostWaiting !== undefined && line.filter(({ isLimited }) => isLimited).length >= mostWaiting) {
			throw new StorageError("too_many_waiting", "The account has other scans waiting.");
		}
		lines.set(account, line);
		return new Promise((resolve, reject) => {
			const leave = (): void => {
				line.splice(line.indexOf(waiting), 1);
				if (line.length === 0) lines.delete(account);
				reject(abandoned());
			};
			const waiting: Waiting = {
				isLimited: mostWaiting !== undefined,
				begin: () => {
					signal?.removeEventListener("abort", leave);
					resolve();
				},
			};
			signal?.addEventListener("abort", leave, { once: true });
			line.push(waiting);
		});
	}

	function next(): void {
		const [account, line] = lines.entries().next().value ?? [];
		busy = line !== undefined;
		if (account === undefined || line === undefined) return;
		const first = line.shift();
		// Behind all others, where it has more.
		lines.delete(account);
		if (line.length > 0) lines.set(account, line);
		first?.begin();
	}

	return { inTurn };
}

type LineOptions = Omit<ScanOptions, "account"> & { account?: string | symbol };

function abandoned(): StorageError {
	return new StorageError("abandoned", "The client left before its scan began.");
}
