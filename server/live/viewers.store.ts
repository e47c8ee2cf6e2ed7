import { sql } from "kysely";

import { isoTime } from "../clock.ts";
import type { Database } from "../storage/database.ts";

/** Whose stream it is, from where, and of what. */
export interface Viewer {
	address: string;
	accountId: string;
	sessionToken: string;
	workspaceId: string;
}

/** Which right to see has ended. */
export type EndReason = "session" | "membership";

export interface EndedViewer {
	/** Its place among those asked about. */
	place: number;
	reason: EndReason;
}

/** Those who may see no more. Any number of viewers is one query. */
export async function findEndedViewers(
	db: Database,
	{ viewers }: { viewers: readonly Viewer[] },
): Promise<EndedViewer[]> {
	if (viewers.length === 0) return [];
	const asked = db.fragments.rows(
		viewers.map((viewer, place) => ({
			place,
			account_id: viewer.accountId,
			session_token: viewer.sessionToken,
			workspace_id: viewer.workspaceId,
		})),
		{ place: "integer", account_id: "text", session_token: "text", workspace_id: "text" },
	);
	const { rows } = await sql<EndedViewer>`
		SELECT v.place, CASE WHEN s.id IS NULL THEN 'session' ELSE 'membership' END AS reason
		FROM ${asked} AS v
		LEFT JOIN "session" AS s
			ON s.token = v.session_token AND s."userId" = v.account_id AND s."expiresAt" > ${isoTime(db.now)}
		LEFT JOIN member AS m ON m.workspace_id = v.workspace_id AND m.account_id = v.account_id
		WHERE s.id IS NULL OR m.account_id IS NULL`.execute(db);
	return rows;
}
