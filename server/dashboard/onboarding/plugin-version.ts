import { HEADERS, ROUTES } from "../../../shared/wire.ts";
import { probe } from "../api/client.ts";

/** The version of the plugin that this server hands out. @throws ApiError if it has none */
export async function offeredPlugin(): Promise<string> {
	return (await probe(ROUTES.plugin)).get(HEADERS.plugin) ?? "";
}

/**
 * Whether the plugin in Studio is older than the one that this server hands out. Digests have no order: a different build
 * of the same version counts as older, because servers are updated before plugins.
 */
export function isOlderPlugin(inStudio: string, offered: string): boolean {
	if (offered === "" || inStudio === offered) return false;
	const [mine, theirs] = [numbers(inStudio), numbers(offered)];
	const at = mine.findIndex((number, index) => number !== theirs[index]);
	return at === -1 || (mine[at] ?? 0) < (theirs[at] ?? 0);
}

function numbers(version: string): number[] {
	return (version.split("+")[0] ?? "").split(".").map(Number);
}
