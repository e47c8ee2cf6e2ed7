import { Kysely, type KyselyProps } from "kysely";

import type { Fragments } from "./fragments.ts";
import type { Tables } from "./tables.ts";

/** What a store function works on: the tables, inside one transaction, scan or read. */
export class Database extends Kysely<Tables> {
	/** The one time that counts for all of it. Milliseconds since 1970; in a write never earlier than any time stored. */
	readonly now: number;
	/** The few things that engines say differently. */
	readonly fragments: Fragments;

	constructor(props: KyselyProps, now: number, fragments: Fragments) {
		super(props);
		this.now = now;
		this.fragments = fragments;
	}
}

/**
 * A named, asynchronous function that gets and gives plain data, and touches nothing but `db`: it runs in another
 * thread, and may run again. To refuse, it throws a ProblemError, which undoes all it wrote and reaches the caller.
 */
export type StoreFunction<Args, Answer> = (db: Database, args: Args) => Promise<Answer>;
