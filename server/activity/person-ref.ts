import type { PersonRef } from "../../shared/wire.ts";

/** Null where it was not done by a person. `hasLeft` is a boolean or 0 and 1, depending on the engine. */
export function personRef(id: string | null, name: string | null, hasLeft: number | boolean): PersonRef | null {
	if (id === null || name === null) return null;
	return Boolean(hasLeft) ? { id, name, left: true } : { id, name };
}
