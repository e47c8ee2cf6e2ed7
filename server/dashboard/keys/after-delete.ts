import type { Key } from "../../../shared/wire.ts";
import { neighbour } from "../ui/neighbour.ts";

export const SEARCH_FIELD_ID = "search-keys";

export function deleteButtonId(keyId: string): string {
	return `delete-${keyId}`;
}

export function searchField(): HTMLElement | null {
	return document.getElementById(SEARCH_FIELD_ID);
}

/** Finds where the focus goes once a key's own button is gone: the next key's, else the one's before, else the search. */
export function deleteButtonBeside(keyId: string, keys: readonly Key[]): () => HTMLElement | null {
	const beside = neighbour(keyId, keys, ({ state }) => state === "active");
	return () => (beside && document.getElementById(deleteButtonId(beside.id))) ?? searchField();
}
