import { KEY_HINT_CHARACTERS } from "../../../shared/key-format.ts";

/** A key, or enough of one that it must go nowhere. */
const OF_A_KEY = /auxvyn_[0-9a-f]{9,}/gi;
/** As hints are shown. */
const HINT = /auxvyn_…\s*/gi;

/** What to search for. Whoever pastes a key looks for that key: its last characters are no secret, and find it. */
export function searchWords(typed: string): string {
	return typed
		.replaceAll(OF_A_KEY, (key) => key.slice(-KEY_HINT_CHARACTERS).toLowerCase())
		.replaceAll(HINT, "")
		.trim();
}
