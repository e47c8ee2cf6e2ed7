import { NOBODY } from "../activity/record.ts";
import { revokeKey } from "../keys/key-writes.ts";
import type { Storage } from "../storage/storage.ts";
import type { PairingRow } from "./pairing-row.ts";
import { expire } from "./seal.ts";

const ENDED_KEPT_MS = 24 * 3_600_000;
const WRONG_CODES_KEPT_MS = 10 * 60_000;
/** Some 10 ms in which games' requests wait. */
const MOST_AT_ONCE = 100;

const DUE = `SELECT EXISTS (SELECT 1 FROM pairing WHERE ended_at IS NULL AND expires_at <= :now)
	OR EXISTS (SELECT 1 FROM pairing WHERE ended_at <= :now - ${ENDED_KEPT_MS})
	OR EXISTS (SELECT 1 FROM api_key WHERE sealed_at IS NULL AND revoked_at IS NULL AND confirm_by <= :now)
	OR EXISTS (SELECT 1 FROM wrong_user_code WHERE id = (SELECT min(id) FROM wrong_user_code) AND at <= :now - ${WRONG_CODES_KEPT_MS})`;

/** Tidies what is over. Nothing depends on it: every deadline is also checked where it counts. */
export async function sweep(storage: Storage): Promise<void> {
	const due = storage.db.prepare<{ now: number }, number>(DUE).pluck().get({ now: storage.now() });
	if (due !== 1) return;
	await storage.write((transaction) => {
		const { db, now } = transaction;
		const overdue = db.prepare<[number], PairingRow>(
			`SELECT * FROM pairing WHERE ended_at IS NULL AND expires_at <= ? LIMIT ${MOST_AT_ONCE}`,
		);
		for (const row of overdue.all(now)) expire(transaction, row.key_id, row);
		const unconfirmed = db
			.prepare<[number], string>(
				`SELECT id FROM api_key WHERE sealed_at IS NULL AND revoked_at IS NULL AND confirm_by <= ? LIMIT ${MOST_AT_ONCE}`,
			)
			.pluck();
		for (const id of unconfirmed.all(now)) revokeKey(transaction, NOBODY, id, "unconfirmed");
		db.prepare(
			`DELETE FROM pairing WHERE id IN (SELECT id FROM pairing WHERE ended_at <= ? LIMIT ${MOST_AT_ONCE})`,
		).run(now - ENDED_KEPT_MS);
		db.prepare("DELETE FROM wrong_user_code WHERE at <= ?").run(now - WRONG_CODES_KEPT_MS);
	});
}
