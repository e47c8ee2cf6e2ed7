import type { ActivityEntry, ActivityKind, ActivityList, PersonRef } from "../../shared/wire.ts";
import { isoTime } from "../clock.ts";
import { invalidField } from "../http/problem.ts";
import type { SqliteDatabase } from "../storage/open-database.ts";

export interface ActivityQuery {
	/** A key's id. */
	key?: string;
	/** An account's id: what that person did, and what was done to them. */
	person?: string;
	limit?: number;
	cursor?: string;
}

interface ActivityRow {
	id: number;
	at: number;
	kind: ActivityKind;
	actor_id: string | null;
	actor_name: string | null;
	actor_left: number;
	address: string | null;
	key_id: string | null;
	key_label: string | null;
	key_hint: string | null;
	person_id: string | null;
	person_name: string | null;
	person_left: number;
	detail: string;
}

const PAGE_ENTRIES = 50;

const IS_GONE = (column: string) =>
	`NOT EXISTS (SELECT 1 FROM member m WHERE m.workspace_id = a.workspace_id AND m.account_id = ${column})`;

const newest = (conditions: string) =>
	`SELECT id FROM activity WHERE ${conditions} AND id < :before ORDER BY id DESC LIMIT :most`;
const IN_WORKSPACE = newest("workspace_id = :workspaceId");
// The unary plus keeps SQLite to the index by key: a key has few entries, a workspace many.
const ABOUT_KEY = newest("+workspace_id = :workspaceId AND key_id = :key");
const ABOUT_BOTH = newest("+workspace_id = :workspaceId AND key_id = :key AND :person IN (actor_id, person_id)");
// Two short walks along an index each; one with OR would gather everything that person ever did, to sort it.
const ABOUT_PERSON = `
SELECT id FROM (${newest("workspace_id = :workspaceId AND actor_id = :person")})
UNION SELECT id FROM (${newest("workspace_id = :workspaceId AND person_id = :person")})`;

const select = (ids: string) => `
SELECT a.id, a.at, a.kind, a.actor_id, coalesce(actor.name, a.actor_name) AS actor_name,
	${IS_GONE("a.actor_id")} AS actor_left, a.address, k.id AS key_id, k.label AS key_label, k.hint AS key_hint,
	a.person_id, coalesce(person.name, a.person_name) AS person_name, ${IS_GONE("a.person_id")} AS person_left, a.detail
FROM activity a
LEFT JOIN "user" actor ON actor.id = a.actor_id
LEFT JOIN "user" person ON person.id = a.person_id
LEFT JOIN api_key k ON k.id = a.key_id
WHERE a.id IN (${ids}) ORDER BY a.id DESC LIMIT :most`;

/** What happened in a workspace, newest first. @throws ProblemError 400 for a cursor that is none */
export function listActivity(db: SqliteDatabase, workspaceId: string, query: ActivityQuery): ActivityList {
	const { key, person, limit = PAGE_ENTRIES } = query;
	const before = query.cursor === undefined ? Number.MAX_SAFE_INTEGER : readCursor(query.cursor);
	const rows = db
		.prepare<object, ActivityRow>(select(idsFor(key, person)))
		.all({ workspaceId, key, person, before, most: limit + 1 });
	const page = rows.slice(0, limit);
	const last = page.at(-1);
	return { entries: page.map(toEntry), nextCursor: rows.length > page.length && last ? writeCursor(last.id) : null };
}

function idsFor(key: string | undefined, person: string | undefined): string {
	if (key !== undefined) return person === undefined ? ABOUT_KEY : ABOUT_BOTH;
	return person === undefined ? IN_WORKSPACE : ABOUT_PERSON;
}

function toEntry(row: ActivityRow): ActivityEntry {
	const { key_id: keyId, key_label: label, key_hint: hint } = row;
	return {
		id: String(row.id),
		at: isoTime(row.at),
		kind: row.kind,
		actor: personRef(row.actor_id, row.actor_name, row.actor_left),
		address: row.address,
		key: keyId !== null && label !== null && hint !== null ? { id: keyId, label, hint } : null,
		person: personRef(row.person_id, row.person_name, row.person_left),
		detail: JSON.parse(row.detail) as Record<string, string>,
	};
}

function personRef(id: string | null, name: string | null, left: number): PersonRef | null {
	if (id === null || name === null) return null;
	return left === 1 ? { id, name, left: true } : { id, name };
}

function writeCursor(id: number): string {
	return Buffer.from(`a${id}`).toString("base64url");
}

function readCursor(cursor: string): number {
	const id = /^a(\d{1,15})$/.exec(Buffer.from(cursor, "base64url").toString())?.[1];
	if (id === undefined) throw invalidField("cursor", "take it from nextCursor as it is, or leave it out");
	return Number(id);
}
