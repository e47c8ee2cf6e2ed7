import type { KeySort, SortOrder } from "../../../shared/wire.ts";
import { invalidField } from "../../errors/problem-error.ts";

/** A list's order. Each has two indexes: `api_key_active_by_<sort>` and `api_key_revoked_by_<sort>`. */
export interface KeyOrder {
	sort: KeySort;
	order: SortOrder;
}

/** A key's position in an order. Equal values are ordered by id. */
export interface Position {
	value: number | string;
	id: string;
}

export const DEFAULT_ORDER: Record<KeySort, SortOrder> = {
	created: "desc",
	label: "asc",
	used: "desc",
	requests: "desc",
};

const KEY_ID = /^key_[0-9a-z]+$/;

export function comparePositions({ sort, order }: KeyOrder, a: Position, b: Position): number {
	const ascending = compareValues(sort, a.value, b.value) || compareText(a.id, b.id);
	return order === "asc" ? ascending : -ascending;
}

function compareValues(sort: KeySort, a: number | string, b: number | string): number {
	return sort === "label" ? compareText(String(a), String(b)) : Number(a) - Number(b);
}

/** Compares UTF-8 bytes, like SQLite. */
function compareText(a: string, b: string): number {
	return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** Includes the order, since a cursor used with another order would skip or repeat keys. */
export function writeKeyCursor({ sort, order }: KeyOrder, { value, id }: Position): string {
	return Buffer.from(JSON.stringify([sort, order, value, id])).toString("base64url");
}

/** @throws ProblemError 400 if the cursor is invalid or belongs to another order */
export function readKeyCursor({ sort, order }: KeyOrder, cursor: string): Position {
	const [ofSort, ofOrder, value, id] = parts(cursor);
	const fits = sort === "label" ? typeof value === "string" : Number.isSafeInteger(value);
	if (ofSort === sort && ofOrder === order && fits && typeof id === "string" && KEY_ID.test(id)) {
		return { value: value as number | string, id };
	}
	throw invalidField("cursor", "Send nextCursor unchanged, with the same sort and order, or omit it.");
}

function parts(cursor: string): unknown[] {
	try {
		const read: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
		return Array.isArray(read) ? read : [];
	} catch {
		return [];
	}
}
