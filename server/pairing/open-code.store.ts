import { type ProblemData, type ProblemError, tooManyRequests } from "../errors/problem-error.ts";
import type { Database } from "../storage/database.ts";
import { statusAt } from "./pairing-row.ts";
import { claimedCode, expiredCode, noWorkspaceForKeys, unknownCode } from "./refusals.ts";
import { findPairing } from "./viewed-pairing.store.ts";
import type { ViewedPairing } from "./viewed-pairing.ts";

const WINDOW_MS = 10 * 60_000;
const MOST_PER_ACCOUNT = 10;
const MOST_PER_ADDRESS = 100;

/** The person who opens a code and answers it. */
export interface Approver {
	accountId: string;
	address: string;
}

export interface Opening {
	approver: Approver;
	/** As `readUserCode` gives it: undefined for what can be no code. */
	userCode: string | undefined;
	/** RATE_LIMIT_SCALE. */
	limitScale: number;
}

/** A refusal as data: thrown, it would undo the count of wrong codes. */
export interface WrongCode {
	wrong: ProblemData;
}

/**
 * Opens the pairing behind a typed code for `approver`, who claims it by that. Wrong codes are counted in the database, so
 * that restarting or asking another process gives no further tries.
 * @throws ProblemError 403 `forbidden`, 429
 */
export async function openCode(
	db: Database,
	{ approver, userCode, limitScale }: Opening,
): Promise<WrongCode | { pairing: ViewedPairing }> {
	await refuseGuessers(db, approver, limitScale);
	const { accountId, address } = approver;
	const pairing = userCode === undefined ? undefined : await findPairing(db, { userCode, accountId });
	const wrong = pairing === undefined ? unknownCode() : whyWrong(pairing, accountId, db.now);
	if (pairing === undefined || wrong !== undefined) {
		await db.insertInto("wrong_user_code").values({ account_id: accountId, address, at: db.now }).execute();
		return { wrong: (wrong ?? unknownCode()).toData() };
	}
	await claim(db, pairing, accountId);
	return { pairing: { ...pairing, claimed_by: accountId } };
}

function whyWrong(pairing: ViewedPairing, accountId: string, now: number): ProblemError | undefined {
	if (pairing.claimed_by === accountId) return undefined;
	if (pairing.claimed_by !== null) return claimedCode();
	if (statusAt(pairing, now) === "expired") return expiredCode();
	return pairing.status === "pending" ? undefined : unknownCode();
}

async function claim(db: Database, pairing: ViewedPairing, accountId: string): Promise<void> {
	if (pairing.claimed_by === accountId) return;
	const somewhere = await db
		.selectFrom("member")
		.select("workspace_id")
		.where("account_id", "=", accountId)
		.where("role", "in", ["owner", "admin"])
		.limit(1)
		.executeTakeFirst();
	if (somewhere === undefined) throw noWorkspaceForKeys();
	await db
		.updateTable("pairing")
		.set({ claimed_by: accountId })
		.where("id", "=", pairing.id)
		.where("claimed_by", "is", null)
		.execute();
}

async function refuseGuessers(db: Database, { accountId, address }: Approver, scale: number): Promise<void> {
	if (scale === 0) return;
	await refuseGuesser(db, { column: "account_id", value: accountId, most: MOST_PER_ACCOUNT * scale });
	await refuseGuesser(db, { column: "address", value: address, most: MOST_PER_ADDRESS * scale });
}

async function refuseGuesser(
	db: Database,
	{ column, value, most }: { column: "account_id" | "address"; value: string; most: number },
): Promise<void> {
	const since = db.now - WINDOW_MS;
	const { tries, oldest } = await db
		.selectFrom("wrong_user_code")
		.select(({ fn }) => [fn.countAll<number>().as("tries"), fn.min<number | null>("at").as("oldest")])
		.where(column, "=", value)
		.where("at", ">", since)
		.executeTakeFirstOrThrow();
	if (tries < Math.max(1, Math.round(most))) return;
	throw tooManyRequests(
		((oldest ?? db.now) - since) / 1000,
		"Too many wrong codes. Wait a little, then take the code from Studio again.",
	);
}
