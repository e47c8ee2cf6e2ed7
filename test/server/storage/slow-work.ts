import type { Storage } from "../../../server/storage/storage.ts";
import { isOnPostgres } from "../../postgres/test-database.ts";
import { keepBusy, runSql } from "./probes.store.ts";

/** A scan, or a write, that takes this long where the work of the database is done. */
export function workSlowly(storage: Storage, how: "scan" | "write", milliseconds: number): Promise<unknown> {
	if (isOnPostgres()) return storage[how](runSql, { text: `SELECT pg_sleep(${milliseconds / 1_000})` });
	return storage[how](keepBusy, { milliseconds });
}
