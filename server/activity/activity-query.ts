import { invalidField } from "../errors/problem-error.ts";

/** As in the query string. */
export interface ActivityQuery {
	/** A key's id. */
	key?: string;
	/** An account's id: entries by or about that person. */
	person?: string;
	limit?: number;
	cursor?: string;
}

export interface ActivityListQuery {
	workspaceId: string;
	keyId: string | undefined;
	personId: string | undefined;
	/** An entry's id: only older entries. */
	before: number;
	limit: number;
}

const PAGE_ENTRIES = 50;

/** @throws ProblemError 400 for an invalid cursor */
export function readActivityQuery(workspaceId: string, query: ActivityQuery): ActivityListQuery {
	const { key: keyId, person: personId, limit = PAGE_ENTRIES, cursor } = query;
	const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : readActivityCursor(cursor);
	return { workspaceId, keyId, personId, before, limit };
}

export function writeActivityCursor(id: number): string {
	return Buffer.from(`a${id}`).toString("base64url");
}

function readActivityCursor(cursor: string): number {
	const id = /^a(\d{1,15})$/.exec(Buffer.from(cursor, "base64url").toString())?.[1];
	if (id === undefined) throw invalidField("cursor", "Send nextCursor unchanged, or omit it.");
	return Number(id);
}
