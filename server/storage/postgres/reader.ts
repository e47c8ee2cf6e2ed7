import { StorageError } from "../../errors/storage-error.ts";
import { Database, type StoreFunction } from "../database.ts";
import type { LookUp } from "../look-up.ts";
import { singleRow } from "../single-row.ts";
import { coalesce } from "./coalesce.ts";
import type { Connection } from "./connection.ts";
import { kyselyProps, queriesOn } from "./database.ts";
import { asStorageError } from "./errors.ts";
import { postgresFragments } from "./fragments.ts";
import { requireKnownVersion } from "./schema-version.ts";
import { within } from "./within.ts";

/** As for freshness checks: longer, and requests get 503. */
const READ_TIMEOUT_MS = 2_000;
const SCAN_TIMEOUT_MS = 15_000;

/** Reads of one row, or of a library's statements, each on its own. */
export function createReads(connection: Connection) {
	const queries = queriesOn(connection.session);
	const props = kyselyProps(queries);

	async function answered<Result>(work: Promise<Result>): Promise<Result> {
		try {
			return await within(READ_TIMEOUT_MS, work);
		} catch (error) {
			throw asStorageError(error);
		}
	}

	const run = <Args, Result>(store: StoreFunction<Args, Result>, args: Args, db: Database) => answered(store(db, args));

	const many = <Args, Result>(store: StoreFunction<Args, Result>, args: Args, now: number) =>
		run(store, args, new Database(props, now, postgresFragments));
	const lookUps = new Map<unknown, (key: string) => Promise<ReadonlyMap<string, unknown>>>();

	async function findAll<Row extends object, Found>(
		lookUp: LookUp<Row, Found>,
		keys: ReadonlySet<string>,
	): Promise<Map<string, Found>> {
		const query = lookUp.select(postgresFragments, [...keys].map(lookUp.valueOf));
		const { rows } = await query.execute(new Database(props, 0, postgresFragments));
		return new Map(rows.map((row) => [lookUp.keyOf(row), lookUp.found(row)]));
	}

	return {
		many,
		/** Calls for the same look-up share statements. */
		async lookUp<Row extends object, Found>(lookUp: LookUp<Row, Found>, key: string): Promise<Found | undefined> {
			let find = lookUps.get(lookUp) as ((key: string) => Promise<ReadonlyMap<string, Found>>) | undefined;
			if (find === undefined) {
				find = coalesce<string, ReadonlyMap<string, Found>>({
					run: (keys) => answered(findAll(lookUp, keys)),
					what: "a look-up",
					timeoutMs: READ_TIMEOUT_MS,
				});
				lookUps.set(lookUp, find);
			}
			return (await find(key)).get(key);
		},
		/** @throws TypeError if the store function reads more than one row, or runs more than one statement */
		one: <Args, Result>(store: StoreFunction<Args, Result>, args: Args, now: number) =>
			run(store, args, new Database(kyselyProps(singleRow(queries, store.name)), now, postgresFragments)),
	};
}

/** Lists and searches, each on one snapshot. */
export function createScans(connection: Connection) {
	return async function scan<Args, Result>(
		store: StoreFunction<Args, Result>,
		args: Args,
		now: number,
	): Promise<Result> {
		try {
			const session = connection.session();
			await session.script("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
			try {
				const { rows } = await session.run<{ version: number }>("SELECT version FROM schema_version");
				requireKnownVersion(rows[0]?.version ?? 0);
				const db = new Database(kyselyProps(queriesOn(() => session)), now, postgresFragments);
				const result = await within(SCAN_TIMEOUT_MS, store(db, args));
				await session.script("COMMIT");
				return result;
			} catch (error) {
				// What came too late may still run statements, which belong to no other scan.
				if (error instanceof StorageError && error.code !== "unusable") session.drop();
				else await session.script("ROLLBACK").catch(() => session.drop());
				throw error;
			}
		} catch (error) {
			throw asStorageError(error);
		}
	};
}
