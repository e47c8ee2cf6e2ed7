import type { Session } from "./session.ts";
import { UnusableDatabase } from "./unusable.ts";

const MARK = "auxvyn.mark";

/**
 * Refuses a pooler that gives a connection away between transactions: prepared statements, settings and notifications
 * would be another client's, or lost. It shows where it is hardly used; `one` and `other` must be new.
 * @throws StorageError `unusable`
 */
export async function checkPooler(one: Session, other: Session): Promise<void> {
	if (await areOwn(one, other)) return;
	throw new UnusableDatabase(
		"a pooler in transaction mode is before it. Give PostgreSQL's own address, or set pool_mode = session",
	);
}

async function areOwn(one: Session, other: Session): Promise<boolean> {
	const before = await process(one);
	await one.run("SELECT set_config($1, 'set', false)", [MARK]);
	try {
		// What the first had is free now, for all that a pooler knows.
		await other.script("BEGIN");
	} catch (error) {
		// One that has no transactions at all.
		if ((error as { code?: unknown }).code === "08P01") return false;
		throw error;
	}
	const taken = await process(other);
	const after = await process(one);
	const { rows } = await one.run<{ mark: string | null }>("SELECT current_setting($1, true) AS mark", [MARK]);
	await other.script("ROLLBACK");
	return before === after && before !== taken && rows[0]?.mark === "set";
}

async function process(session: Session): Promise<number | undefined> {
	const { rows } = await session.run<{ pid: number }>("SELECT pg_backend_pid() AS pid");
	return rows[0]?.pid;
}
