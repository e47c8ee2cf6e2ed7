import { tooManyRequests } from "../errors/problem-error.ts";
import { networksOf } from "../http/networks.ts";
import type { Database } from "../storage/database.ts";
import { type Quota, type QuotaKind, QUOTAS } from "./quotas.ts";

const DAY_MS = 24 * 3_600_000;
const MAX_PER_STEP = 500;

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
	const day = Math.floor(db.now / DAY_MS);
	const uses = await db
		.insertInto("daily_use")
		.values([...limits.keys()].map((user) => ({ day, kind, user, used: 1 })))
		.onConflict((conflict) =>
			conflict.columns(["day", "kind", "user"]).doUpdateSet((eb) => ({ used: eb("daily_use.used", "+", 1) })),
		)
		.returning(["user", "used"])
		.execute();
	const exceeded = uses.find(
		({ user, used }) => used > Math.max(1, Math.round((limits.get(user) ?? 0) * db.limitScale)),
	);
	if (exceeded === undefined) return;
	const whose = exceeded.user === accountId ? "with your account" : "from your network";
	throw tooManyRequests(
		((day + 1) * DAY_MS - db.now) / 1000,
		`Too many ${what} ${whose} today. Try again after midnight UTC. What exists keeps working, and you can still revoke and delete.`,
	);
}

/** Forgets a batch of uses of earlier days. False if there were none. */
export async function sweepDailyUse(db: Database): Promise<boolean> {
	const old = db
		.selectFrom("daily_use")
		.select(["day", "kind", "user"])
		.where("day", "<", Math.floor(db.now / DAY_MS))
		.orderBy("day")
		.limit(MAX_PER_STEP);
	const { numDeletedRows } = await db
		.deleteFrom("daily_use")
		.where((eb) => eb(eb.refTuple("day", "kind", "user"), "in", old.$asTuple("day", "kind", "user")))
		.executeTakeFirstOrThrow();
	return numDeletedRows > 0n;
}
