/** What a search looks at in a key. */
export interface SearchedKey {
	label: string;
	place_name: string | null;
	hint: string;
}

/** Whether a label, place name or hint has `text` anywhere in it, in any case and alphabet. */
export function searchFor(text: string): (key: SearchedKey) => boolean {
	const wanted = text.toUpperCase();
	const has = (value: string) => value.toUpperCase().includes(wanted);
	return ({ label, place_name, hint }) => has(label) || has(hint) || (place_name !== null && has(place_name));
}
