import { Database, type StoreFunction } from "../database.ts";
import { singleRow } from "../single-row.ts";
import { createConnection } from "./connection.ts";
import { kyselyProps } from "./database.ts";
import { asStorageError } from "./errors.ts";
import { sqliteFragments } from "./fragments.ts";
import type { SqliteDatabase } from "./open-database.ts";

/** Reads in the calling thread, for what takes a few microseconds. */
export function createDirectReads(db: SqliteDatabase) {
	const connection = createConnection(db);
	const props = kyselyProps(connection);

	async function many<Args, Result>(store: StoreFunction<Args, Result>, args: Args, now: number): Promise<Result> {
		return run(store, args, new Database(props, now, sqliteFragments));
	}

	/** @throws TypeError if the store function reads more than one row, or runs more than one statement */
	async function one<Args, Result>(store: StoreFunction<Args, Result>, args: Args, now: number): Promise<Result> {
		const provider = singleRow(connection, store.name);
		const executor = props.executor.withConnectionProvider({ provideConnection: (use) => use(provider) });
		return run(store, args, new Database({ ...props, executor }, now, sqliteFragments));
	}

	return { many, one };
}

async function run<Args, Result>(store: StoreFunction<Args, Result>, args: Args, db: Database): Promise<Result> {
	try {
		return await store(db, args);
	} catch (error) {
		throw asStorageError(error);
	}
}
