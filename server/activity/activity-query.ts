import { invalidField } from "../errors/problem-error.ts";

/** As the address has it. */
export interface ActivityQuery {
	/** A key's id. */
	key?: string;
	/** An account's id: what that person did, and what was done to them. */
	person?: string;
	limit?: number;
	cursor?: string;
}

export interface ActivityListQuery {
	workspaceId: string;
	keyId: string | undefined;
	personId: string | undefined;
	/** An entry's id: only older ones. */
	before: number;
	/** How many, at most. */
	limit: number;
}

const PAGE_ENTRIES = 50;

/** @throws ProblemError 400 for a cursor that is none */
export function readActivityQuery(workspaceId: string, query: ActivityQuery): ActivityListQuery {
	const { key: keyId, person: personId, limit = PAGE_ENTRIES, cursor } = query;
	const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : readCursor(cursor);
	return { workspaceId, keyId, personId, before, limit };
}

export function writeCursor(id: number): string {
	return Buffer.from(`a${id}`).toString("base64url");
}

function readCursor(cursor: string): number {
	const id = /^a(\d{1,15})$/.exec(Buffer.from(cursor, "base64url").toString())?.[1];
	if (id === undefined) throw invalidField("cursor", "take it from nextCursor as it is, or leave it out");
	return Number(id);
}
