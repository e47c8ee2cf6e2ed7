import { SENTENCE_CHARACTERS, shown } from "../text/shown";
import { WriteFailure } from "./types";

/** What Studio meant by an error that it threw while a Script was written. */
export function writeFailureOf(thrown: unknown): WriteFailure {
	const message = shown(tostring(thrown), SENTENCE_CHARACTERS);
	const lower = message.lower();
	if (lower.find("denied script injection", 1, true)[0] !== undefined) {
		const again = lower.find("plugin manager", 1, true)[0] !== undefined;
		return { kind: again ? "scripts-denied" : "scripts-asked" };
	}
	if (lower.find("string too long", 1, true)[0] !== undefined) return { kind: "too-long" };
	return { kind: "error", message };
}
