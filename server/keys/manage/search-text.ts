/** The searched columns of a key. */
export interface SearchedKey {
	label: string;
	place_name: string | null;
	hint: string;
}

/** Creates a case-insensitive search for `text` in labels, place names and hints, for all alphabets. */
export function searchFor(text: string): (key: SearchedKey) => boolean {
	const wanted = text.toUpperCase();
	const has = (value: string) => value.toUpperCase().includes(wanted);
	return ({ label, place_name, hint }) => has(label) || has(hint) || (place_name !== null && has(place_name));
}
