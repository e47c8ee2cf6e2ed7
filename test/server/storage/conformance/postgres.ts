import pg from "pg";
import { onTestFinished } from "vitest";

import { systemClock } from "../../../../server/clock.ts";
import { migrations } from "../../../../server/storage/postgres/migrations/index.ts";
import { prepareDatabase } from "../../../../server/storage/postgres/prepare-database.ts";
import { openPostgres } from "../../../../server/storage/postgres/storage.ts";
import { createTestDatabase } from "../../../postgres/test-database.ts";
import { runSql } from "../probes.store.ts";
import { stores } from "../stores.ts";
import type { Engine } from "./engine.ts";

export const postgres: Engine = {
	name: "PostgreSQL",
	sharesLookUps: true,
	async create() {
		const url = await createTestDatabase();
		const name = new URL(url).pathname.slice(1);
		const admin = async <Row>(text: string): Promise<Row[]> => {
			const client = new pg.Client({ connectionString: url });
			await client.connect();
			try {
				return (await client.query(text)).rows as Row[];
			} finally {
				await client.end();
			}
		};
		return {
			async open({ clock = systemClock, runTwice } = {}) {
				const storage = await openPostgres({ url, clock, stores, runTwice });
				onTestFinished(() => storage.close());
				return storage;
			},
			scanSlowly: (storage) => storage.scan(runSql, { text: "SELECT pg_sleep(0.2)" }),
			async lock() {
				const other = new pg.Client({ connectionString: url });
				await other.connect();
				onTestFinished(() => other.end());
				await other.query("BEGIN; LOCK TABLE turn IN EXCLUSIVE MODE");
				return { release: async () => void (await other.query("ROLLBACK")) };
			},
			// It fails as on a full disk, which cannot be had for one database.
			fill: async () =>
				void (await admin(`
					CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS
					$$ BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = 'disk_full'; END $$;
					CREATE TRIGGER fill BEFORE INSERT ON workspace FOR EACH ROW EXECUTE FUNCTION fill()`)),
			async makeReadOnly() {
				await admin(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
				await admin("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'auxvyn writes'");
			},
			makeNewer: async () => void (await admin(`UPDATE schema_version SET version = ${migrations.length + 1}`)),
			async migrateHalfway() {
				const broken = "CREATE TABLE half (done text); INSERT INTO nowhere VALUES (1);";
				await prepareDatabase(url, { migrations: [...migrations, broken] }).catch(() => undefined);
				const tables = await admin<{ tablename: string }>("SELECT tablename FROM pg_tables");
				return tables.map(({ tablename }) => tablename);
			},
		};
	},
};
