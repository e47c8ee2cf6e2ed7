import { sql } from "kysely";

import type { LiveEvents } from "../../shared/wire.ts";
import { isoTime } from "../clock.ts";
import type { Database } from "../storage/database.ts";

/** Who has opened a stream, from where, and of which workspace. */
export interface Viewer {
	address: string;
	accountId: string;
	sessionToken: string;
	workspaceId: string;
}

/** What the viewer has lost. */
export type EndReason = LiveEvents["over"]["reason"];

export interface EndedViewer {
	/** Index in the given viewers. */
	position: number;
	reason: EndReason;
}

/** Finds viewers who have lost access, in one query for any number of them. */
export async function findEndedViewers(
	db: Database,
	{ viewers }: { viewers: readonly Viewer[] },
): Promise<EndedViewer[]> {
	if (viewers.length === 0) return [];
	const requested = db.fragments.rows(
		viewers.map((viewer, position) => ({
			position,
			account_id: viewer.accountId,
			session_token: viewer.sessionToken,
			workspace_id: viewer.workspaceId,
		})),
		{ position: "integer", account_id: "text", session_token: "text", workspace_id: "text" },
	);
	const { rows } = await sql<EndedViewer>`
		SELECT v.position, CASE WHEN s.id IS NULL THEN 'session' ELSE 'membership' END AS reason
		FROM ${requested} AS v
		LEFT JOIN "session" AS s
			ON s.token = v.session_token AND s."userId" = v.account_id AND s."expiresAt" > ${isoTime(db.now)}
		LEFT JOIN member AS m ON m.workspace_id = v.workspace_id AND m.account_id = v.account_id
		WHERE s.id IS NULL OR m.account_id IS NULL`.execute(db);
	return rows;
}
