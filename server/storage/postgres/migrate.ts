import { StorageError } from "../../errors/storage-error.ts";
import { requireKnownVersion } from "./schema-version.ts";
import type { Session } from "./session.ts";

/** Of pg_advisory_lock: one server migrates, the others wait. Arbitrary, but the same for ever. */
const MIGRATING = 7_227_001;

/**
 * Brings the database to the newest version, in one transaction.
 * @throws StorageError `unusable` if it is another program's, or of a newer version
 */
export async function migrate(session: Session, migrations: readonly string[]): Promise<void> {
	await session.script(`SELECT pg_advisory_lock(${MIGRATING})`);
	try {
		const version = await versionOf(session);
		requireKnownVersion(version, migrations.length);
		if (version === migrations.length) return;
		await session.script("BEGIN");
		try {
			await session.script(
				"CREATE TABLE IF NOT EXISTS schema_version (id bigint PRIMARY KEY CHECK (id = 1), version bigint NOT NULL)",
			);
			// A write of an older server finds the new version, or is done before.
			if (version > 0) await session.script("LOCK TABLE turn IN EXCLUSIVE MODE");
			for (const migration of migrations.slice(version)) await session.script(migration);
			await session.run(
				"INSERT INTO schema_version VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET version = excluded.version",
				[migrations.length],
			);
			await session.script("COMMIT");
		} catch (error) {
			await session.script("ROLLBACK");
			throw error;
		}
	} finally {
		await session.script(`SELECT pg_advisory_unlock(${MIGRATING})`);
	}
}

/** 0 for an empty database. */
async function versionOf(session: Session): Promise<number> {
	const { rows } = await session.run<{ name: string }>(
		"SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()",
	);
	if (rows.length === 0) return 0;
	if (!rows.some(({ name }) => name === "schema_version"))
		throw unusable("it has another program's tables: create an empty database for Auxvyn");
	const versions = await session.run<{ version: number }>("SELECT version FROM schema_version");
	return versions.rows[0]?.version ?? 0;
}

function unusable(fault: string): StorageError {
	return new StorageError("unusable", `Cannot use the database of DATABASE_URL: ${fault}.`);
}
