import type { Database } from "./database.ts";
import type { StoredClock } from "./timekeeper.ts";

export async function readClock(db: Database): Promise<StoredClock> {
	return db.selectFrom("clock").select(["latest", "greatest_wall as greatestWall"]).executeTakeFirstOrThrow();
}

/** Stores the time in use, so that a restart continues from there, and a wall clock that is not believed. */
export async function storeTime(db: Database, { unbelieved }: { unbelieved: number | null }): Promise<void> {
	const { greatest } = db.fragments;
	await db
		.updateTable("clock")
		.set((eb) => ({
			latest: greatest(eb.ref("latest"), eb.val(db.now)),
			...(unbelieved !== null && {
				greatest_wall: greatest(eb.fn.coalesce("greatest_wall", eb.val(0)), eb.val(unbelieved)),
			}),
		}))
		.execute();
}

/** Forgets a wall clock that was not believed: it has been reported, or is believed now. */
export async function forgetWall(db: Database): Promise<void> {
	await db.updateTable("clock").set({ greatest_wall: null }).execute();
}

/** Believes the wall clock, on command. Returns the latest time stored before; time never goes back. */
export async function trustWall(db: Database, { wall }: { wall: number }): Promise<number> {
	const { latest } = await readClock(db);
	await db
		.updateTable("clock")
		.set({ latest: Math.max(latest, wall), greatest_wall: null })
		.execute();
	return latest;
}
