import { sql } from "kysely";

import type { ActivityKind } from "../../shared/wire.ts";
import { takeQuota } from "../quotas/quotas.store.ts";
import type { QuotaKind } from "../quotas/quotas.ts";
import type { Database } from "../storage/database.ts";
import type { Actor } from "./actor.ts";

export interface NewActivity {
	actor: Actor;
	workspaceId: string;
	kind: ActivityKind;
	keyId?: string | undefined;
	personId?: string | undefined;
	/** Never a secret: every member can read it. */
	detail?: Record<string, string>;
}

/** What counts against which daily quota. What revokes or ends something is never refused, and follows from what counts. */
const QUOTA_OF: Partial<Record<ActivityKind, QuotaKind>> = {
	"key.created": "keys",
	// The key will be issued by the server itself.
	"pairing.approved": "keys",
	"key.renamed": "changes",
	"workspace.created": "workspaces",
	"workspace.renamed": "changes",
	"backend.created": "backends",
	"backend.renamed": "changes",
	"invitation.created": "invitations",
	"person.joined": "changes",
};

/**
 * Records in the workspace's activity what `actor` did. Call it in the transaction that does it.
 * @throws ProblemError 429, as `takeQuota`
 */
export async function recordActivity(db: Database, activity: NewActivity): Promise<void> {
	const { actor, workspaceId, kind, keyId = null, personId = null, detail = {} } = activity;
	const quota = isPromotion(activity) ? "changes" : QUOTA_OF[kind];
	if (quota !== undefined) await takeQuota(db, { kind: quota, ...actor });
	const nameOf = (id: string | null) => sql<string>`(SELECT name FROM "user" WHERE id = ${id})`;
	await db
		.insertInto("activity")
		.values({
			workspace_id: workspaceId,
			at: db.now,
			kind,
			actor_id: actor.accountId,
			actor_name: nameOf(actor.accountId),
			address: actor.address,
			key_id: keyId,
			person_id: personId,
			person_name: nameOf(personId),
			detail: JSON.stringify(detail),
		})
		.execute();
}

function isPromotion({ kind, detail }: NewActivity): boolean {
	return kind === "person.role_changed" && (detail?.["to"] === "owner" || detail?.["from"] === "member");
}
