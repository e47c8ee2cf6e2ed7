import type { PersonRef } from "../../shared/wire.ts";

/** A person as something names them: null where nobody did it. `hasLeft` is how the engine says that. */
export function personRef(id: string | null, name: string | null, hasLeft: number | boolean): PersonRef | null {
	if (id === null || name === null) return null;
	return Boolean(hasLeft) ? { id, name, left: true } : { id, name };
}
