import type { Session } from "./session.ts";
import { UnusableDatabase } from "./unusable.ts";

/**
 * Refuses a database that would not notice a revocation: the epoch, counts and withdrawals are renewed by its triggers.
 * `pg_restore --disable-triggers` that was interrupted leaves them off, and one that was incomplete without some.
 * @throws UnusableDatabase
 */
export async function checkTriggers(session: Session, migrations: readonly string[]): Promise<void> {
	const { rows } = await session.run<{ name: string; table: string; isOff: boolean }>(
		`SELECT t.tgname AS name, c.relname AS table, t.tgenabled NOT IN ('O', 'A') AS "isOff"
		FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
		WHERE c.relnamespace = current_schema()::regnamespace`,
	);
	const off = [...new Set(rows.filter(({ isOff }) => isOff).map(({ table }) => table))];
	if (off.length > 0)
		throw new UnusableDatabase(
			`triggers are off that it needs to notice revocations: ALTER TABLE … ENABLE TRIGGER ALL, for ${off.sort().join(", ")}`,
		);
	const present = new Set(rows.map(({ name }) => name));
	const missing = namesIn(migrations).filter((name) => !present.has(name));
	if (missing.length > 0)
		throw new UnusableDatabase(
			`it lacks triggers that it needs to notice revocations (${missing.length}, such as ${missing[0]}): restore it completely`,
		);
}

/** Those that the migrations leave. */
function namesIn(migrations: readonly string[]): string[] {
	const names = new Set<string>();
	for (const [, verb, name = ""] of migrations.join("\n").matchAll(/^\s*(CREATE|DROP) TRIGGER (\w+)/gm)) {
		if (verb === "CREATE") names.add(name);
		else names.delete(name);
	}
	return [...names];
}
