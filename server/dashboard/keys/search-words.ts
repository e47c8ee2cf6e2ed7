import { KEY_HINT_CHARACTERS } from "../../../shared/key-format.ts";
import { SEARCH_MAX_CODE_POINTS } from "../../../shared/limits.ts";

/** A key, or enough of one that it must go nowhere. */
const OF_A_KEY = /auxvyn_[0-9a-f]{9,}/gi;
/** As hints are shown. */
const HINT = /auxvyn_…\s*/gi;

/**
 * What to search for, as long as the server takes it. Whoever pastes a key looks for that key: its last characters are no
 * secret, and find it. The field itself must take more than the server, or it would cut them off.
 */
export function searchWords(typed: string): string {
	const words = typed
		.replaceAll(OF_A_KEY, (key) => key.slice(-KEY_HINT_CHARACTERS).toLowerCase())
		.replaceAll(HINT, "")
		.trim();
	return Array.from(words).slice(0, SEARCH_MAX_CODE_POINTS).join("").trimEnd();
}
