import type { Actor } from "../activity/record.ts";
import { ProblemError } from "../http/problem.ts";
import type { Transaction } from "../storage/storage.ts";

/** A quarter of a second's work, during which no game is answered. Nobody makes as many by hand. */
const MOST_AT_ONCE = 5_000;

const OF_MAKER = "workspace_id = :workspaceId AND created_by = :makerId AND revoked_at IS NULL";

const RECORD = `
INSERT INTO activity (workspace_id, at, kind, actor_id, actor_name, address, key_id, detail)
SELECT workspace_id, :now, 'key.revoked', :accountId, (SELECT name FROM "user" WHERE id = :accountId), :address, id,
	json_object('reason', 'maker_left')
FROM api_key WHERE ${OF_MAKER}`;

const REVOKE = `
UPDATE api_key SET revoked_at = :now, revoked_by = :accountId, revoked_reason = 'maker_left' WHERE ${OF_MAKER}`;

/**
 * Revokes every active key that somebody made in a workspace: in two statements, for there may be many.
 * @throws ProblemError 409 `too_many_keys`
 */
export function revokeKeysMadeBy(
	{ db, now }: Transaction,
	actor: Actor,
	of: { workspaceId: string; makerId: string },
): void {
	const count = db.prepare<object, number>(`SELECT count(*) FROM api_key WHERE ${OF_MAKER}`).pluck().get(of) ?? 0;
	if (count > MOST_AT_ONCE) {
		throw new ProblemError(
			409,
			"too_many_keys",
			`These are ${count} keys, and at most ${MOST_AT_ONCE} can be revoked with somebody who goes. Keep them here, and delete them in the list of keys.`,
		);
	}
	const values = { ...of, accountId: actor.accountId, now };
	db.prepare(RECORD).run({ ...values, address: actor.address });
	db.prepare(REVOKE).run(values);
}
