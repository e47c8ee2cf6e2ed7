import { sql } from "kysely";

import type { Backend } from "../../shared/wire.ts";
import { personRef } from "../activity/person-ref.ts";
import { isoTime } from "../clock.ts";
import type { Database } from "../storage/database.ts";

export interface KnownBackend {
	workspaceId: string;
	/** SHA-256 of its secret. */
	secretHash: Uint8Array;
}

interface Row {
	id: string;
	name: string;
	created_at: number;
	created_by: string | null;
	created_by_name: string | null;
	created_by_left: number | boolean;
	last_used_at: number | null;
}

/** The backend with this id, unless its workspace was deleted. */
export async function findBackendCredentials(db: Database, { id }: { id: string }): Promise<KnownBackend | undefined> {
	return db
		.selectFrom("backend")
		.innerJoin("workspace", "workspace.id", "backend.workspace_id")
		.select(["backend.workspace_id as workspaceId", "backend.secret_hash as secretHash"])
		.where("backend.id", "=", id)
		.where("workspace.deleted_at", "is", null)
		.executeTakeFirst();
}

/** A workspace's backends, oldest first. */
export async function listBackends(db: Database, { workspaceId }: { workspaceId: string }): Promise<Backend[]> {
	const { rows } = await sql<Row>`
		SELECT b.id, b.name, b.created_at, b.created_by, creator.name AS created_by_name, b.last_used_at,
			NOT EXISTS (
				SELECT 1 FROM member AS m WHERE m.workspace_id = b.workspace_id AND m.account_id = b.created_by
			) AS created_by_left
		FROM backend AS b LEFT JOIN "user" AS creator ON creator.id = b.created_by
		WHERE b.workspace_id = ${workspaceId} ORDER BY b.created_at, b.id`.execute(db);
	return rows.map((row) => ({
		id: row.id,
		name: row.name,
		createdAt: isoTime(row.created_at),
		createdBy: personRef(row.created_by, row.created_by_name, row.created_by_left),
		lastUsedAt: isoTime(row.last_used_at),
	}));
}
