import { Ask } from "../../place";

const MAX_NAMED = 8;

function listOf(names: string[]): string {
	if (names.size() <= MAX_NAMED) return names.join(", ");
	return `${names.filter((_, index) => index < MAX_NAMED).join(", ")} and ${names.size() - MAX_NAMED} more`;
}

/** What in the Script is not Auxvyn's own, and what it may do. */
export function askText(ask: Ask): string {
	switch (ask.kind) {
		case "edited": {
			const name = ask.lines.size() === 1 ? "Line" : "Lines";
			return `${name} ${listOf(ask.lines.map((line) => tostring(line)))} of the Script: code that Auxvyn did not write. It may send the key anywhere.`;
		}
		case "client":
			return `${listOf(ask.modules)} below the Script: changed, or from another version of the plugin. Its answers may not be the server's.`;
		case "apis":
			return `The Script's options let game code send the key to: ${listOf(ask.origins)}.`;
	}
}
