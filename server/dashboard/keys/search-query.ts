import { KEY_HINT_CHARACTERS } from "../../../shared/key-format.ts";
import { SEARCH_MAX_CODE_POINTS } from "../../../shared/limits.ts";

/** A key, or enough of one to be kept secret. */
const KEY = /auxvyn_[0-9a-f]{9,}/gi;
/** The prefix with which hints are displayed. */
const HINT = /auxvyn_…\s*/gi;

/**
 * The search query for what was typed, cut to the server's limit. A pasted key is searched for by its last characters,
 * which are not secret. So the input itself must accept more than the server does, or it would cut them off.
 */
export function searchQuery(typed: string): string {
	const query = typed
		.replaceAll(KEY, (key) => key.slice(-KEY_HINT_CHARACTERS).toLowerCase())
		.replaceAll(HINT, "")
		.trim();
	return Array.from(query).slice(0, SEARCH_MAX_CODE_POINTS).join("").trimEnd();
}
