import { sql } from "kysely";

import { ProblemError } from "../../../server/errors/problem-error.ts";
import type { Database } from "../../../server/storage/database.ts";
import type { LookUp } from "../../../server/storage/look-up.ts";

/** Store functions for tests. Workspaces serve as rows, because they depend on no other row. */
export async function addRow(db: Database, { id, name = id }: { id: string; name?: string }): Promise<string> {
	await db.insertInto("workspace").values({ id, name, created_at: db.now, deleted_at: null }).execute();
	return id;
}

export async function addRowAndRefuse(db: Database, { id }: { id: string }): Promise<void> {
	await addRow(db, { id });
	throw new ProblemError(409, "refused", "Refused, as asked.", {
		headers: { "Retry-After": "7" },
		errors: [{ path: "id", message: "wrong" }],
	});
}

export async function addRowAndFail(db: Database, { id }: { id: string }): Promise<void> {
	await addRow(db, { id });
	throw new Error("power cut");
}

export async function addOrphan(db: Database): Promise<void> {
	await db
		.insertInto("member")
		.values({ workspace_id: "ws_none", account_id: "none", role: "owner", joined_at: 0 })
		.execute();
}

/** Catches a failed statement, and continues. */
export async function addRowDespiteFailure(db: Database, { id }: { id: string }): Promise<void> {
	await addOrphan(db).catch(() => undefined);
	await addRow(db, { id });
}

export async function catchAndReturn(db: Database): Promise<void> {
	await addRow(db, { id: "ws_1" });
	await addOrphan(db).catch(() => undefined);
}

export async function returnFunction(): Promise<() => void> {
	return () => undefined;
}

export async function throwNonError(db: Database): Promise<void> {
	await addRow(db, { id: "ws_0" });
	return Promise.reject(Object.create(null) as Error);
}

export async function listRows(db: Database): Promise<string[]> {
	const rows = await db.selectFrom("workspace").select("id").orderBy("created_at").orderBy("id").execute();
	return rows.map(({ id }) => id);
}

/** Finds the rows whose id is `ws_` and a number. */
export const rowLookUp: LookUp<{ id: string }, string> = {
	select: (fragments, numbers) => {
		const number = sql`CAST(substr(id, 4) AS bigint)`;
		return sql`SELECT id FROM workspace WHERE ${fragments.among(number, numbers)}`;
	},
	valueOf: (id) => BigInt(id.slice(3)),
	keyOf: ({ id }) => id,
	found: ({ id }) => id,
};

/** In the order of writing. */
export async function listWrites(db: Database): Promise<string[]> {
	const { rows } = await sql<{ id: string }>`SELECT id FROM workspace ORDER BY name, id`.execute(db);
	return rows.map(({ id }) => id);
}

/** Names the row by the number of rows before it. */
export async function addNumberedRow(db: Database, { id }: { id: string }): Promise<void> {
	const { count } = await countRows(db);
	await addRow(db, { id, name: String(count).padStart(4, "0") });
}

export async function countRows(db: Database): Promise<{ count: number }> {
	return db
		.selectFrom("workspace")
		.select((eb) => eb.fn.countAll<number>().as("count"))
		.executeTakeFirstOrThrow();
}

export async function countRowsTwice(db: Database): Promise<{ count: number }> {
	await countRows(db);
	return countRows(db);
}

/** Counts, keeps its thread busy, and counts again. */
export async function countAround(db: Database, { milliseconds }: { milliseconds: number }): Promise<[number, number]> {
	const before = await countRows(db);
	await keepBusy(db, { milliseconds });
	return [before.count, (await countRows(db)).count];
}

export async function addRowSlowly(
	db: Database,
	{ id, milliseconds }: { id: string; milliseconds: number },
): Promise<void> {
	await addRow(db, { id });
	await keepBusy(db, { milliseconds });
}

let runs = 0;

/** Returns how often it has run in its thread. */
export async function countRuns(db: Database, { id }: { id: string }): Promise<number> {
	await addRow(db, { id });
	runs += 1;
	return runs;
}

export async function keepBusy(_db: Database, { milliseconds }: { milliseconds: number }): Promise<void> {
	const until = performance.now() + milliseconds;
	while (performance.now() < until);
}

export async function readTime(db: Database): Promise<number> {
	return db.now;
}

/** For what only one engine's tests need, such as a pragma. */
export async function runSql(db: Database, { text }: { text: string }): Promise<void> {
	await sql.raw(text).execute(db);
}
