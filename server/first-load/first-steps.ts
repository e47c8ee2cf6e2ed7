import type { FirstSteps } from "../../shared/wire.ts";
import { isoTime } from "../clock.ts";
import type { SqliteDatabase } from "../storage/open-database.ts";

/** All that there are while it matters: a workspace with more has taken these steps long ago. */
const SOME_KEYS = 200;

interface Row {
	claimedAt: number | null;
	fromStudioAt: number | null;
	sealedAt: number | null;
	usedAt: number | null;
}

const FIND = `
SELECT min(created_at) FILTER (WHERE origin = 'studio') AS fromStudioAt, min(sealed_at) AS sealedAt,
	(SELECT min(created_at) FROM pairing WHERE claimed_by = :accountId) AS claimedAt,
	(SELECT max(last_used_at) FROM api_key WHERE workspace_id = :workspaceId) AS usedAt
FROM (SELECT * FROM api_key WHERE workspace_id = :workspaceId LIMIT ${SOME_KEYS})`;

/** `accountId`: whose pairings count before it is known which workspace they are for. */
export function firstSteps(db: SqliteDatabase, workspaceId: string, accountId: string): FirstSteps {
	const row = db.prepare<object, Row>(FIND).get({ workspaceId, accountId });
	return {
		pluginAt: isoTime(row?.fromStudioAt ?? row?.claimedAt ?? null),
		connectedAt: isoTime(row?.sealedAt ?? null),
		requestAt: isoTime(row?.usedAt ?? null),
	};
}
