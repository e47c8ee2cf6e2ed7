import { randomBytes } from "node:crypto";

const NUL = /\0/g;
/** Random, so that no stored text contains it. */
const NOWHERE = randomBytes(16).toString("hex");
const STORES = /\b(insert|update)\b/i;

/**
 * PostgreSQL's texts cannot contain U+0000, and it refuses statements with one. A search for such a text finds nothing
 * instead, as in SQLite. Statements that store one are still refused: text is validated before it is stored.
 */
export function searchable(sql: string, parameters: readonly unknown[]): readonly unknown[] {
	return parameters.some(hasNul) && !STORES.test(sql) ? parameters.map(withoutNul) : parameters;
}

function hasNul(value: unknown): boolean {
	return typeof value === "string" ? value.includes("\0") : Array.isArray(value) && value.some(hasNul);
}

function withoutNul(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutNul);
	return typeof value === "string" ? value.replaceAll(NUL, NOWHERE) : value;
}
