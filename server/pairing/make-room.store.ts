import { sql } from "kysely";

import { IPV4_24_SHARES, IPV6_48_SHARES, IPV6_56_SHARES } from "../http/networks.ts";
import type { Database } from "../storage/database.ts";

/** Where no network has as many pairings as this, the oldest of all go first. */
const FEW = 5;
/** Of unclaimed pairings, kept for networks and clients that are known. */
const KEPT_FOR_KNOWN = 4_000;
/** At once, so that the heaviest network has to be found only now and then. */
const MAX_DROPPED = 100;

interface Group {
	/** The column with the network. */
	level: "started_from" | "wide_network" | "widest_network";
	network: string;
	count: number;
}

/**
 * Ends some pending pairings that nobody has opened, where there are too many: the oldest of the network that has the
 * most. False if there are none.
 */
export async function makeRoom(db: Database): Promise<boolean> {
	const others = await hasMore(db, { known: 0, than: 0 });
	const isShareExceeded = await hasMore(db, { known: 1, than: KEPT_FOR_KNOWN });
	const candidates = others && !isShareExceeded ? [0] : [0, 1];
	const heaviest = await findHeaviest(db, candidates);
	let dropped = unclaimed(db)
		.select("id")
		.where("from_known", "in", candidates)
		.orderBy("created_at")
		.limit(heaviest === undefined ? MAX_DROPPED : Math.min(MAX_DROPPED, Math.ceil(heaviest.count / FEW)));
	if (heaviest !== undefined) dropped = dropped.where(heaviest.level, "=", heaviest.network);
	const { numUpdatedRows } = await db
		.updateTable("pairing")
		.set({ status: "expired", ended_at: db.now })
		.where("id", "in", dropped)
		.executeTakeFirstOrThrow();
	return numUpdatedRows > 0n;
}

const unclaimed = (db: Database) =>
	db.selectFrom("pairing").where("status", "=", sql.lit("pending")).where("claimed_by", "is", null);

async function hasMore(db: Database, { known, than }: { known: 0 | 1; than: number }): Promise<boolean> {
	const next = unclaimed(db).select("id").where("from_known", "=", known).limit(1).offset(than);
	return (await next.executeTakeFirst()) !== undefined;
}

/** The network with the most pairings for its size; undefined if none has more than a few. */
async function findHeaviest(db: Database, candidates: number[]): Promise<Group | undefined> {
	const groups = (level: Group["level"], by: Group["level"][]) =>
		unclaimed(db)
			.select((eb) => [eb.val(level).as("level"), eb.ref(level).as("network"), eb.fn.countAll<number>().as("count")])
			.where("from_known", "in", candidates)
			.where(level, "is not", null)
			// In the order of the index.
			.groupBy(by)
			.having((eb) => eb.fn.countAll(), ">=", FEW);
	const shares = sql<number>`CASE
		WHEN level = 'started_from' THEN 1.0
		WHEN network LIKE '%/24' THEN ${sql.lit(IPV4_24_SHARES)}
		WHEN network LIKE '%/56' THEN ${sql.lit(IPV6_56_SHARES)}
		ELSE ${sql.lit(IPV6_48_SHARES)} END`;
	const found = await db
		.selectFrom(
			groups("started_from", ["widest_network", "wide_network", "started_from"])
				.unionAll(groups("wide_network", ["widest_network", "wide_network"]))
				.unionAll(groups("widest_network", ["widest_network"]))
				.as("each"),
		)
		.selectAll()
		.orderBy(sql`count / ${shares}`, "desc")
		.limit(1)
		.executeTakeFirst();
	return found as Group | undefined;
}
