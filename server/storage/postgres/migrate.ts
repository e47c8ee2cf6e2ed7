import { requireKnownVersion } from "./schema-version.ts";
import type { Session } from "./session.ts";
import { UnusableDatabase } from "./unusable.ts";

/** Of pg_advisory_lock: one server migrates, the others wait. Arbitrary, but the same for ever. */
export const MIGRATING = 7_227_001;

/**
 * Brings the database to the newest version, in one transaction.
 * @param say told that it waits for another server, move or restore: for as long as that works
 * @throws StorageError `unusable` if it is another program's, or of a newer version
 */
export async function migrate(
	session: Session,
	migrations: readonly string[],
	say: (line: string) => void = () => undefined,
): Promise<void> {
	const { rows } = await session.run<{ isMine: boolean }>(`SELECT pg_try_advisory_lock(${MIGRATING}) AS "isMine"`);
	if (rows[0]?.isMine !== true) {
		say("Waiting for another server that migrates the database, or for a move or restore that is under way …");
		await session.script(`SELECT pg_advisory_lock(${MIGRATING})`);
	}
	try {
		const version = await versionOf(session);
		requireKnownVersion(version, migrations.length);
		if (version === migrations.length) return;
		await session.script("BEGIN");
		try {
			// A write of an older server finds the new version, or is done before.
			if (version > 0) await session.script("LOCK TABLE turn IN EXCLUSIVE MODE");
			await applyMigrations(session, migrations, version);
			await session.script("COMMIT");
		} catch (error) {
			await session.script("ROLLBACK");
			throw error;
		}
	} finally {
		await session.script(`SELECT pg_advisory_unlock(${MIGRATING})`);
	}
}

/**
 * Applies those after `version`, in the caller's transaction.
 * @throws UnusableDatabase if the user may not create tables, which only this needs, or something is in the way
 */
export async function applyMigrations(session: Session, migrations: readonly string[], version: number): Promise<void> {
	const { rows } = await session.run<{ may: boolean | null }>(
		// In PostgreSQL 14, everyone may create tables.
		`SELECT has_schema_privilege(current_schema(), 'CREATE') AND NOT EXISTS (
			SELECT FROM pg_tables WHERE schemaname = current_schema() AND NOT pg_has_role(tableowner, 'USAGE')
		) AS may`,
	);
	if (rows[0]?.may !== true)
		throw new UnusableDatabase(
			"its user may not create tables, which this version has to: start one server as the owner of the tables first, or make that user the owner",
		);
	await session.script(
		"CREATE TABLE IF NOT EXISTS schema_version (id bigint PRIMARY KEY CHECK (id = 1), version bigint NOT NULL)",
	);
	for (const migration of migrations.slice(version)) await session.script(migration).catch(refuseOthers);
	await session.run(
		"INSERT INTO schema_version VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET version = excluded.version",
		[migrations.length],
	);
}

/** What has a name that is Auxvyn's need not be a table: a view, a type or a function stands in the way as well. */
function refuseOthers(error: unknown): never {
	const { code = "", message = "" } = error as { code?: string; message?: string };
	if (!/^42(P07|710|723|725)$/.test(code)) throw error;
	throw new UnusableDatabase(`it has something of another program (${message}): create an empty database for Auxvyn`);
}

/** The names of all tables in the schema that is in use. */
export async function tablesIn(session: Session): Promise<string[]> {
	const { rows } = await session.run<{ name: string }>(
		"SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()",
	);
	return rows.map(({ name }) => name);
}

/**
 * 0 for an empty database.
 * @throws UnusableDatabase if it has another program's tables
 */
export async function versionOf(session: Session): Promise<number> {
	const tables = await tablesIn(session);
	if (tables.length === 0) return 0;
	if (!tables.includes("schema_version"))
		throw new UnusableDatabase("it has another program's tables: create an empty database for Auxvyn");
	const versions = await session.run<{ version: number }>("SELECT version FROM schema_version");
	return versions.rows[0]?.version ?? 0;
}
