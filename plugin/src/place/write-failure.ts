import { displayText, SENTENCE_CHARACTERS } from "../text/display-text";
import { WriteFailure } from "./types";

/** Classifies an error that Studio threw while a Script was written. */
export function writeFailureOf(thrown: unknown): WriteFailure {
	const message = displayText(tostring(thrown), SENTENCE_CHARACTERS);
	const lower = message.lower();
	if (lower.find("denied script injection", 1, true)[0] !== undefined) {
		const again = lower.find("plugin manager", 1, true)[0] !== undefined;
		return { kind: again ? "scripts-denied" : "scripts-prompted" };
	}
	if (lower.find("string too long", 1, true)[0] !== undefined) return { kind: "too-long" };
	return { kind: "error", message };
}
