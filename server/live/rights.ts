import type { SqliteDatabase } from "../storage/open-database.ts";

/** Whose stream it is, from where, and of what. */
export interface Viewer {
	address: string;
	accountId: string;
	sessionToken: string;
	workspaceId: string;
}

export type Over = "session" | "membership";

interface Row {
	expiresAt: string | number | null;
	role: string | null;
}

const FIND = `
SELECT (SELECT "expiresAt" FROM "session" WHERE "token" = :sessionToken AND "userId" = :accountId) AS expiresAt,
	(SELECT role FROM member WHERE workspace_id = :workspaceId AND account_id = :accountId) AS role`;

/** Says why a viewer may see no more, if so. One look-up by keys, at once. */
export function createRights(connection: SqliteDatabase) {
	const find = connection.prepare<Viewer, Row>(FIND);
	return (viewer: Viewer, now: number): Over | undefined => {
		const { expiresAt = null, role = null } = find.get(viewer) ?? {};
		if (expiresAt === null || new Date(expiresAt).getTime() <= now) return "session";
		return role === null ? "membership" : undefined;
	};
}
