import { sql } from "kysely";

import { type ProblemData, type ProblemError, tooManyRequests } from "../errors/problem-error.ts";
import { networksOf, widerNetworksOf } from "../http/networks.ts";
import type { Database } from "../storage/database.ts";
import { statusAt } from "./pairing-row.ts";
import { cannotCreateKeysAnywhere, claimedCode, expiredCode, unknownCode } from "./refusals.ts";
import type { Viewer } from "./requested-from.ts";
import { findPairing } from "./viewed-pairing.store.ts";
import type { ViewedPairing } from "./viewed-pairing.ts";

const WINDOW_MS = 10 * 60_000;
const MAX_PER_ACCOUNT = 10;
const MAX_PER_ADDRESS = 100;
/** With the client's networks, from its address to the widest. */
const NETWORK_COLUMNS = ["address", "wide_network", "widest_network"] as const;
/** Opened pairings are never dropped to make room, so nobody may hold many. */
const MAX_CLAIMED = 20;

/** The account that opens and answers a code. */
export interface Approver extends Viewer {
	accountId: string;
}

export interface Opening {
	approver: Approver;
	/** From `readUserCode`: undefined if it is not a well-formed code. */
	userCode: string | undefined;
	/** RATE_LIMIT_SCALE. */
	limitScale: number;
}

/** A refusal as data, since throwing it would roll back the count of wrong codes. */
export interface WrongCode {
	wrong: ProblemData;
}

/**
 * Finds the pairing with a user code and claims it for `approver`. Wrong codes are counted in the database, so that neither
 * a restart nor another process allows more attempts.
 * @throws ProblemError 403 `forbidden`, 429
 */
export async function openCode(
	db: Database,
	{ approver, userCode, limitScale }: Opening,
): Promise<WrongCode | { pairing: ViewedPairing }> {
	await checkLimits(db, approver, limitScale);
	const { accountId, address } = approver;
	const pairing = userCode === undefined ? undefined : await findPairing(db, { userCode, accountId });
	const wrong = pairing === undefined ? unknownCode() : refusalFor(pairing, accountId, db.now);
	if (pairing === undefined || wrong !== undefined) {
		const { wide, widest } = widerNetworksOf(address);
		await db
			.insertInto("wrong_user_code")
			.values({ account_id: accountId, address, wide_network: wide, widest_network: widest, at: db.now })
			.execute();
		return { wrong: (wrong ?? unknownCode()).toData() };
	}
	await claim(db, pairing, accountId);
	return { pairing: { ...pairing, claimed_by: accountId } };
}

function refusalFor(pairing: ViewedPairing, accountId: string, now: number): ProblemError | undefined {
	if (pairing.claimed_by === accountId) return undefined;
	if (pairing.claimed_by !== null) return claimedCode();
	if (statusAt(pairing, now) === "expired") return expiredCode();
	return pairing.status === "pending" ? undefined : unknownCode();
}

async function claim(db: Database, pairing: ViewedPairing, accountId: string): Promise<void> {
	if (pairing.claimed_by === accountId) return;
	const membership = await db
		.selectFrom("member")
		.select("workspace_id")
		.where("account_id", "=", accountId)
		.where("role", "in", ["owner", "admin"])
		.limit(1)
		.executeTakeFirst();
	if (membership === undefined) throw cannotCreateKeysAnywhere();
	await db
		.updateTable("pairing")
		.set({ claimed_by: accountId })
		.where("id", "=", pairing.id)
		.where("claimed_by", "is", null)
		.execute();
	await releaseSurplus(db, accountId);
}

/** Releases the oldest codes of an account that has opened too many without answering them. */
async function releaseSurplus(db: Database, accountId: string): Promise<void> {
	const surplus = db
		.selectFrom("pairing")
		.select("id")
		.where("status", "=", sql.lit("pending"))
		.where("claimed_by", "=", accountId)
		.orderBy("created_at", "desc")
		.limit(MAX_CLAIMED)
		.offset(MAX_CLAIMED);
	await db.updateTable("pairing").set({ claimed_by: null }).where("id", "in", surplus).execute();
}

async function checkLimits(db: Database, { accountId, address }: Approver, scale: number): Promise<void> {
	if (scale === 0) return;
	await checkLimit(db, { column: "account_id", value: accountId, max: MAX_PER_ACCOUNT * scale });
	for (const [index, { name, shares }] of networksOf(address).entries()) {
		const column = NETWORK_COLUMNS[index];
		if (column !== undefined) await checkLimit(db, { column, value: name, max: MAX_PER_ADDRESS * shares * scale });
	}
}

async function checkLimit(
	db: Database,
	{ column, value, max }: { column: "account_id" | (typeof NETWORK_COLUMNS)[number]; value: string; max: number },
): Promise<void> {
	const since = db.now - WINDOW_MS;
	const { attempts, oldest } = await db
		.selectFrom("wrong_user_code")
		.select(({ fn }) => [fn.countAll<number>().as("attempts"), fn.min<number | null>("at").as("oldest")])
		.where(column, "=", value)
		.where("at", ">", since)
		.executeTakeFirstOrThrow();
	if (attempts < Math.max(1, Math.round(max))) return;
	throw tooManyRequests(
		((oldest ?? db.now) - since) / 1000,
		"Too many wrong codes. Wait, then enter the code from Studio again.",
	);
}
