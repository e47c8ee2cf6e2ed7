import type { KeySort, SortOrder } from "../../../shared/wire.ts";
import { invalidField } from "../../errors/problem-error.ts";

/** A list's order as the database has indexes for it: `api_key_active_by_<sort>` and `api_key_revoked_by_<sort>`. */
export interface KeyOrder {
	sort: KeySort;
	order: SortOrder;
}

/** Where a key stands in an order. Keys that are equal in it stand by their ids. */
export interface Position {
	value: number | string;
	id: string;
}

/** Where none is asked for. */
export const USUAL_ORDER: Record<KeySort, SortOrder> = {
	created: "desc",
	label: "asc",
	used: "desc",
	requests: "desc",
};

const KEY_ID = /^key_[0-9a-z]+$/;

/** The order among positions of two lists that are in it each. */
export function comparePositions({ sort, order }: KeyOrder, one: Position, other: Position): number {
	const ascending = compareValues(sort, one.value, other.value) || compareText(one.id, other.id);
	return order === "asc" ? ascending : -ascending;
}

function compareValues(sort: KeySort, one: number | string, other: number | string): number {
	return sort === "label" ? compareText(noCase(String(one)), noCase(String(other))) : Number(one) - Number(other);
}

/** By UTF-8, as SQLite does. */
function compareText(one: string, other: string): number {
	return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

/** SQLite's NOCASE knows the 26 letters of ASCII only. */
function noCase(text: string): string {
	return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** A cursor belongs to its order: in another one it would skip keys or repeat them. */
export function writeCursor({ sort, order }: KeyOrder, { value, id }: Position): string {
	return Buffer.from(JSON.stringify([sort, order, value, id])).toString("base64url");
}

/** @throws ProblemError 400 for what no `nextCursor` of this order was */
export function readCursor({ sort, order }: KeyOrder, cursor: string): Position {
	const [ofSort, ofOrder, value, id] = parts(cursor);
	const fits = sort === "label" ? typeof value === "string" : Number.isSafeInteger(value);
	if (ofSort === sort && ofOrder === order && fits && typeof id === "string" && KEY_ID.test(id)) {
		return { value: value as number | string, id };
	}
	throw invalidField("cursor", "take it from nextCursor as it is, with the same sort and order, or leave it out");
}

function parts(cursor: string): unknown[] {
	try {
		const read: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
		return Array.isArray(read) ? read : [];
	} catch {
		return [];
	}
}
