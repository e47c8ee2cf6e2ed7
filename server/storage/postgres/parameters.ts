import { randomBytes } from "node:crypto";

const NUL = /\0/g;
/** In no text that is stored: nobody can know it. */
const NOWHERE = randomBytes(16).toString("hex");
const STORES = /\b(insert|update)\b/i;

/**
 * PostgreSQL's texts have no U+0000, and it refuses a statement with one. To look for such a text is no fault, as it is none
 * with SQLite: nothing is found. One that is to be stored is still refused, as it was to be noticed before.
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
