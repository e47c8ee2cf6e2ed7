import { KEYS_OF_PERSON_COUNTED } from "../../shared/limits.ts";
import type { Person, Role } from "../../shared/wire.ts";
import { isoTime } from "../clock.ts";
import type { SqliteDatabase } from "../storage/open-database.ts";

interface PersonRow {
	id: string;
	name: string;
	email: string;
	role: Role;
	joined_at: number;
	active_keys: number;
}

const SELECT = `
SELECT u.id, u.name, u.email, m.role, m.joined_at,
	(SELECT count(*) FROM (
		SELECT 1 FROM api_key k
		WHERE k.workspace_id = m.workspace_id AND k.created_by = m.account_id AND k.revoked_at IS NULL
		LIMIT ${KEYS_OF_PERSON_COUNTED + 1}
	)) AS active_keys
FROM member m JOIN "user" u ON u.id = m.account_id
WHERE m.workspace_id = ?`;

/** A workspace's members, those who joined first at the top. */
export function listPeople(db: SqliteDatabase, workspaceId: string): Person[] {
	const list = db.prepare<[string], PersonRow>(`${SELECT} ORDER BY m.joined_at, u.name, u.id`);
	return list.all(workspaceId).map(toPerson);
}

export function findPerson(db: SqliteDatabase, workspaceId: string, accountId: string): Person | undefined {
	const row = db.prepare<[string, string], PersonRow>(`${SELECT} AND m.account_id = ?`).get(workspaceId, accountId);
	return row && toPerson(row);
}

function toPerson(row: PersonRow): Person {
	const { id, name, email, role } = row;
	return { id, name, email, role, joinedAt: isoTime(row.joined_at), activeKeys: row.active_keys };
}
