import type { Key } from "../../../shared/wire.ts";
import { neighbour } from "../ui/neighbour.ts";

export const SEARCH_FIELD_ID = "search-keys";

export function deleteButtonId(keyId: string): string {
	return `delete-${keyId}`;
}

export function searchField(): HTMLElement | null {
	return document.getElementById(SEARCH_FIELD_ID);
}

/** Finds what to focus once a key's button is gone: the next key's button, else the previous one's, else the search. */
export function nextDeleteButton(keyId: string, keys: readonly Key[]): () => HTMLElement | null {
	const next = neighbour(keyId, keys, ({ state }) => state === "active");
	return () => (next && document.getElementById(deleteButtonId(next.id))) ?? searchField();
}
