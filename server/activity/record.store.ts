import { sql } from "kysely";

import type { ActivityKind } from "../../shared/wire.ts";
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

/** Records in the workspace's activity what `actor` did. Call it in the transaction that does it. */
export async function recordActivity(db: Database, activity: NewActivity): Promise<void> {
	const { actor, workspaceId, kind, keyId = null, personId = null, detail = {} } = activity;
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
