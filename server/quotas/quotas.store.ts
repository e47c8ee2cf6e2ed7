import { tooManyRequests } from "../errors/problem-error.ts";
import { networksOf } from "../http/networks.ts";
import type { Database } from "../storage/database.ts";
import { type Quota, type QuotaKind, QUOTAS } from "./quotas.ts";

const DAY_MS = 24 * 3_600_000;
const MAX_PER_STEP = 500;
/** Of an account's own quota: what it may make whatever others in its network have made. */
const SURE_SHARE = 0.02;

export interface Use {
	kind: QuotaKind;
	/** Null if nobody is signed in. */
	accountId: string | null;
	/** As `clientAddress` returns it; null if there was no request. */
	address: string | null;
}

/**
 * Counts something that is made to stay against the day's quotas of the account and of the client's networks. Call it in
 * the transaction that makes it, never for what revokes, denies or ends something.
 * @throws ProblemError 429, until the next day in UTC
 */
export async function takeQuota(db: Database, { kind, accountId, address }: Use): Promise<void> {
	if (db.limitScale === 0) return;
	const { what, perAccount, perAddress }: Quota = QUOTAS[kind];
	const limits = new Map<string, number>();
	if (accountId !== null && perAccount !== undefined) limits.set(accountId, perAccount);
	for (const { name, shares } of address === null ? [] : networksOf(address)) limits.set(name, perAddress * shares);
	if (limits.size === 0) return;
	const uses = await countUses(db, { kind, users: [...limits.keys()], count: 1 });
	const own = perAccount === undefined ? undefined : uses.find(({ user }) => user === accountId);
	// Others in the network cannot use up what an account is sure of.
	const isSure = own !== undefined && own.used <= scaled(db, (perAccount ?? 0) * SURE_SHARE);
	const exceeded = uses.find(
		({ user, used }) => used > scaled(db, limits.get(user) ?? 0) && !(isSure && user !== accountId),
	);
	if (exceeded === undefined) return;
	const whose = exceeded.user === accountId ? "with your account" : "from your network";
	throw tooManyRequests(
		((dayOf(db) + 1) * DAY_MS - db.now) / 1000,
		`Too many ${what} ${whose} today. Try again after midnight UTC. What exists keeps working, and you can still revoke and delete.`,
	);
}

/** Adds `count` to the uses of the day, and returns them with it. */
export async function countUses(
	db: Database,
	{ kind, users, count }: { kind: string; users: string[]; count: number },
): Promise<{ user: string; used: number }[]> {
	return db
		.insertInto("daily_use")
		.values(users.map((user) => ({ day: dayOf(db), kind, user, used: count })))
		.onConflict((conflict) =>
			conflict.columns(["day", "kind", "user"]).doUpdateSet((eb) => ({ used: eb("daily_use.used", "+", count) })),
		)
		.returning(["user", "used"])
		.execute();
}

/** By `RATE_LIMIT_SCALE`. */
export function scaled(db: Database, limit: number): number {
	return Math.max(1, Math.round(limit * db.limitScale));
}

function dayOf(db: Database): number {
	return Math.floor(db.now / DAY_MS);
}

/** Forgets a batch of uses of earlier days. False if there were none. */
export async function sweepDailyUse(db: Database): Promise<boolean> {
	const old = db
		.selectFrom("daily_use")
		.select(["day", "kind", "user"])
		.where("day", "<", dayOf(db))
		.orderBy("day")
		.limit(MAX_PER_STEP);
	const { numDeletedRows } = await db
		.deleteFrom("daily_use")
		.where((eb) => eb(eb.refTuple("day", "kind", "user"), "in", old.$asTuple("day", "kind", "user")))
		.executeTakeFirstOrThrow();
	return numDeletedRows > 0n;
}
