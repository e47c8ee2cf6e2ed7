import type { Key } from "../../../shared/wire.ts";

export const SEARCH_FIELD_ID = "search-keys";

export function deleteButtonId(keyId: string): string {
	return `delete-${keyId}`;
}

export function searchField(): HTMLElement | null {
	return document.getElementById(SEARCH_FIELD_ID);
}

/** Finds where the focus goes once a key's own button is gone: the next key's, else the one's before, else the search. */
export function deleteButtonBeside(keyId: string, keys: readonly Key[]): () => HTMLElement | null {
	const index = keys.findIndex(({ id }) => id === keyId);
	const beside = [...keys.slice(index + 1), ...keys.slice(0, index).reverse()].filter(
		({ state }) => state === "active",
	);
	const ids = beside.slice(0, 1).map(({ id }) => deleteButtonId(id));
	return () => ids.map((id) => document.getElementById(id)).find((button) => button !== null) ?? searchField();
}
