import { ProblemError, tooManyRequests } from "../http/problem.ts";
import type { SqliteDatabase } from "../storage/open-database.ts";
import type { Storage, Transaction } from "../storage/storage.ts";
import { pairingByUserCode, type PairingRow, statusAt } from "./pairing-row.ts";
import { readUserCode } from "./user-code.ts";

const WINDOW_MS = 10 * 60_000;
const MOST_PER_ACCOUNT = 10;
const MOST_PER_ADDRESS = 100;

export interface Viewer {
	accountId: string;
	address: string;
}

type Outcome<T> = { value: T } | { wrong: ProblemError };

/**
 * Opens the pairing behind a typed code for `viewer`, who claims it by that, and runs `act` in the same transaction.
 * Wrong codes are counted in the database, so that restarting or asking another process gives no further tries.
 * @throws ProblemError 404 `unknown_code`, 410 `expired_code`, 403 `claimed_code` or `forbidden`, 429, or what `act` throws
 */
export async function withCode<T>(
	storage: Storage,
	viewer: Viewer,
	typed: string,
	limitScale: number,
	act: (transaction: Transaction, row: PairingRow) => T,
): Promise<T> {
	const outcome = await storage.write((transaction): Outcome<T> => {
		refuseGuessers(transaction, viewer, limitScale);
		const code = readUserCode(typed);
		const row = code === undefined ? undefined : pairingByUserCode(transaction.db, code);
		const wrong = whyWrong(row, viewer, transaction.now);
		if (row === undefined || wrong !== undefined) {
			transaction.db
				.prepare("INSERT INTO wrong_user_code (account_id, address, at) VALUES (?, ?, ?)")
				.run(viewer.accountId, viewer.address, transaction.now);
			return { wrong: wrong ?? unknownCode() };
		}
		claim(transaction.db, row, viewer.accountId);
		return { value: act(transaction, { ...row, claimed_by: viewer.accountId }) };
	});
	// Thrown only here: inside, it would roll the count back.
	if ("wrong" in outcome) throw outcome.wrong;
	return outcome.value;
}

function whyWrong(row: PairingRow | undefined, viewer: Viewer, now: number): ProblemError | undefined {
	if (row === undefined) return unknownCode();
	if (row.claimed_by === viewer.accountId) return undefined;
	if (row.claimed_by !== null) {
		return new ProblemError(
			403,
			"claimed_code",
			"Another account has opened this code. If that was not you, click Cancel in Studio and connect again.",
		);
	}
	if (statusAt(row, now) === "expired") return expiredCode();
	return row.status === "pending" ? undefined : unknownCode();
}

function unknownCode(): ProblemError {
	return new ProblemError(
		404,
		"unknown_code",
		"No pairing has this code. Compare it with the one in Studio and type it again.",
	);
}

export function expiredCode(): ProblemError {
	return new ProblemError(410, "expired_code", "This code is too old. Click Connect in Studio again to get a new one.");
}

function claim(db: SqliteDatabase, row: PairingRow, accountId: string): void {
	if (row.claimed_by === accountId) return;
	const somewhere = db
		.prepare("SELECT 1 FROM member WHERE account_id = ? AND role IN ('owner', 'admin')")
		.get(accountId);
	if (somewhere === undefined) {
		throw new ProblemError(
			403,
			"forbidden",
			"You may not create keys in any workspace. Ask an owner or admin to approve this code.",
		);
	}
	db.prepare("UPDATE pairing SET claimed_by = ? WHERE id = ? AND claimed_by IS NULL").run(accountId, row.id);
}

function refuseGuessers({ db, now }: Transaction, viewer: Viewer, scale: number): void {
	if (scale === 0) return;
	const since = now - WINDOW_MS;
	for (const [column, value, most] of [
		["account_id", viewer.accountId, MOST_PER_ACCOUNT],
		["address", viewer.address, MOST_PER_ADDRESS],
	] as const) {
		const { tries, oldest } = db
			.prepare<unknown[], { tries: number; oldest: number | null }>(
				`SELECT count(*) AS tries, min(at) AS oldest FROM wrong_user_code WHERE ${column} = ? AND at > ?`,
			)
			.get(value, since) ?? { tries: 0, oldest: null };
		if (tries < Math.max(1, Math.round(most * scale))) continue;
		throw tooManyRequests(
			((oldest ?? now) - since) / 1000,
			"Too many wrong codes. Wait a little, then take the code from Studio again.",
		);
	}
}
