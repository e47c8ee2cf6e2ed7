import { Kysely, type KyselyProps } from "kysely";

import type { Fragments } from "./fragments.ts";
import type { Tables } from "./tables.ts";

/** What a store function works on: the tables, within one transaction, scan or read. */
export class Database extends Kysely<Tables> {
	/** The time of the whole transaction. Milliseconds since 1970; in a write, never earlier than any stored time. */
	readonly now: number;
	/** SQL that differs between engines. */
	readonly fragments: Fragments;
	/** RATE_LIMIT_SCALE: multiplies every limit that is counted in the database; 0 turns them off. */
	readonly limitScale: number;

	constructor(props: KyselyProps, now: number, fragments: Fragments, limitScale = 1) {
		super(props);
		this.now = now;
		this.fragments = fragments;
		this.limitScale = limitScale;
	}
}

/**
 * A named async function that takes and returns plain data and touches nothing but `db`: it runs in another thread, and
 * may run more than once. To refuse, it throws a ProblemError, which undoes all its writes and reaches the caller.
 */
export type StoreFunction<Args, Result> = (db: Database, args: Args) => Promise<Result>;
