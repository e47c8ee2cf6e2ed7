import type { PersonRef } from "../../shared/wire.ts";

/** Null if no person was involved. `hasLeft` is a boolean, or 0 or 1, depending on the database. */
export function personRef(id: string | null, name: string | null, hasLeft: number | boolean): PersonRef | null {
	if (id === null || name === null) return null;
	return Boolean(hasLeft) ? { id, name, left: true } : { id, name };
}
