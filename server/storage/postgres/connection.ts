import { setTimeout as sleep } from "node:timers/promises";

import { StorageError } from "../../errors/storage-error.ts";
import { asStorageError } from "./errors.ts";
import { openSession, type Session, type SessionOptions } from "./session.ts";
import { within } from "./within.ts";

const RECONNECT_AFTER_MS = 250;

export interface ConnectionOptions extends SessionOptions {
	/** Is to be on the same server as this one: after a failover, one could still lead to the old primary. */
	beside?: Connection;
	/** Called whenever it can be used. */
	onOpened?: () => void;
	/** Called when it has ended, unless by `close`. */
	onLost?: () => void;
}

/** One connection that is opened beforehand, and again when it ends. */
export interface Connection {
	/**
	 * The present one.
	 * @throws StorageError `unavailable`
	 */
	session(): Session;
	/** Which server the present or the latest one is on. */
	readonly server: string | undefined;
	/** Increases with each connection that was opened. */
	readonly generation: number;
	readonly isOpen: boolean;
	/** Why it could not be opened again; undefined while it is open, or was not tried yet. */
	readonly failure: unknown;
	/** Ends the present one, and opens another. */
	drop(): void;
	/**
	 * Resolves once the first one is open.
	 * @throws StorageError `unavailable` after `ms`
	 */
	ready(ms: number): Promise<void>;
	close(): Promise<void>;
}

export function createConnection(options: ConnectionOptions): Connection {
	const { beside } = options;
	const opened: PromiseWithResolvers<void> = Promise.withResolvers();
	let session: Session | undefined;
	let failure: unknown;
	let generation = 0;
	let isClosed = false;

	/** Until it works, or the storage is closed. */
	async function open(): Promise<void> {
		while (!isClosed) {
			try {
				adopt(await openSession(options));
				return;
			} catch (error) {
				failure = error;
				await sleep(RECONNECT_AFTER_MS, undefined, { ref: false });
			}
		}
	}

	function adopt(fresh: Session): void {
		if (isClosed) {
			fresh.drop();
			return;
		}
		if (fresh.isStandby) {
			fresh.drop();
			throw new StorageError("unavailable", "it led to a standby, which may be behind the primary");
		}
		session = fresh;
		generation += 1;
		failure = undefined;
		opened.resolve();
		options.onOpened?.();
		void fresh.ended.then(async () => {
			if (!isClosed) options.onLost?.();
			await open();
		});
	}

	void open();
	return {
		session() {
			if (session === undefined || session.isEnded) throw unavailable(failure);
			if (beside?.server === undefined || beside.server === session.server) return session;
			session.drop();
			throw unavailable(new StorageError("unavailable", "it led to another server than the checks do"));
		},
		get server() {
			return session?.server;
		},
		get generation() {
			return generation;
		},
		get isOpen() {
			return session !== undefined && !session.isEnded;
		},
		get failure() {
			return failure;
		},
		drop: () => session?.drop(),
		ready: (ms) =>
			within(ms, opened.promise).catch(() => {
				throw unavailable(failure);
			}),
		async close() {
			isClosed = true;
			await session?.close();
		},
	};
}

function unavailable(cause: unknown): StorageError {
	const reason = cause === undefined ? "it is not connected yet" : (asStorageError(cause) as Error).message;
	return new StorageError("unavailable", `No connection to PostgreSQL: ${reason}`, { cause });
}
