import type { ActivityKind } from "../../shared/wire.ts";
import type { Transaction } from "../storage/storage.ts";

/** Who changes something, and from where. `accountId` is null for whoever merely holds a key, and for time itself. */
export interface Actor {
	accountId: string | null;
	/** As `clientAddress` computes it; null where nobody asked. */
	address: string | null;
}

/** Deadlines and other things that nobody does. */
export const NOBODY: Actor = { accountId: null, address: null };

export interface NewActivity {
	workspaceId: string;
	kind: ActivityKind;
	keyId?: string | undefined;
	personId?: string | undefined;
	/** Never a secret: whoever is in the workspace can read it. */
	detail?: Record<string, string>;
}

const INSERT = `
INSERT INTO activity (workspace_id, at, kind, actor_id, actor_name, address, key_id, person_id, person_name, detail)
VALUES (
	:workspaceId, :now, :kind, :accountId, (SELECT name FROM "user" WHERE id = :accountId), :address, :keyId, :personId,
	(SELECT name FROM "user" WHERE id = :personId), :detail
)`;

/** Says in the workspace's activity what `actor` did, in the transaction that does it. */
export function recordActivity({ db, now }: Transaction, actor: Actor, activity: NewActivity): void {
	db.prepare(INSERT).run({
		...actor,
		now,
		workspaceId: activity.workspaceId,
		kind: activity.kind,
		keyId: activity.keyId ?? null,
		personId: activity.personId ?? null,
		detail: JSON.stringify(activity.detail ?? {}),
	});
}
