import { Ask } from "../../place";

const MAX_NAMED = 8;
const MAX_SERVERS = 30;

function listOf(names: string[]): string {
	if (names.size() <= MAX_NAMED) return names.join(", ");
	return `${names.filter((_, index) => index < MAX_NAMED).join(", ")} and ${names.size() - MAX_NAMED} more`;
}

/** All of them, or none: one that is left out may be the one that matters. */
function serversOf(origins: string[]): string {
	if (origins.size() <= MAX_SERVERS) return `: ${origins.join(", ")}`;
	return ` ${origins.size()} servers, too many to name here. Read options.apis in the Script`;
}

/** What in the Script is not Auxvyn's own, and what it may do. */
export function askText(ask: Ask): string {
	switch (ask.kind) {
		case "edited": {
			const name = ask.lines.size() === 1 ? "Line" : "Lines";
			return `${name} ${listOf(ask.lines.map((line) => tostring(line)))} of the Script: code that Auxvyn did not write. It may send the key anywhere: remove it unless you trust it.`;
		}
		case "client":
			return `${listOf(ask.modules)} below the Script: changed, or from another version of the plugin. Its answers may not be the server's.`;
		case "apis":
			return `The Script's options let game code send the key to${serversOf(ask.origins)}. Go on only if that is right.`;
	}
}
