import type { Failure } from "../failure.ts";
import type { Priority } from "../storage.ts";

export type ThreadKind = "writer" | "reader";

export interface DatabaseOptions {
	path: string;
	/** The file's inode, to notice that the file was replaced. */
	inode: number;
	/** Rolls back each job once and runs it again, as PostgreSQL may have to. For tests. */
	runTwice: boolean;
	/** RATE_LIMIT_SCALE. Default: 1. */
	limitScale?: number | undefined;
}

/** A message to a thread. `database` numbers the databases that it has open. */
export type Message =
	| ({ kind: "open"; database: number; thread: ThreadKind } & DatabaseOptions)
	| { kind: "run"; database: number; job: Job }
	| { kind: "close"; database: number };

export interface Job {
	id: number;
	/** The store function's name. */
	store: string;
	args: unknown;
	/** The caller's time in milliseconds. */
	now: number;
	priority: Priority;
	/** The result is wanted as JSON in UTF-8. */
	asJson?: boolean;
}

/** `now` is the time that the store function saw. */
export type Outcome =
	| { result: unknown; now: number }
	| { json: Uint8Array<ArrayBuffer>; now: number }
	| { failure: Failure };

export type Reply =
	| { kind: "done"; database: number; id: number; outcome: Outcome }
	/** True while scans must pause so that the log can start over. */
	| { kind: "log"; database: number; isLong: boolean }
	| { kind: "closed"; database: number };
