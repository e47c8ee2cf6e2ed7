import type { Failure } from "../failure.ts";
import type { Priority } from "../storage.ts";

export type Role = "writer" | "reader";

export interface DatabaseOptions {
	path: string;
	/** The file's inode: another file in its place is another database. */
	inode: number;
	/** Each job is undone once and run again, as PostgreSQL may have to: for tests. */
	runTwice: boolean;
}

/** What a thread is asked to do. `database` numbers the databases that it has open. */
export type Message =
	| ({ kind: "open"; database: number; role: Role } & DatabaseOptions)
	| { kind: "run"; database: number; job: Job }
	| { kind: "close"; database: number };

export interface Job {
	id: number;
	/** A store function's name. */
	store: string;
	args: unknown;
	/** The caller's wall clock. Milliseconds. */
	wall: number;
	priority: Priority;
}

/** `now` is the time that counted. */
export type Outcome = { answer: unknown; now: number } | { failure: Failure };

export type Reply =
	| { kind: "done"; database: number; id: number; outcome: Outcome }
	/** Whether scans must pause so that the log can start over. */
	| { kind: "log"; database: number; isLong: boolean }
	| { kind: "closed"; database: number };
