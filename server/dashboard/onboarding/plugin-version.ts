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

/** "0.1.0" of "0.1.0+524895ad": the rest only tells builds of one version apart. */
export function shortVersion(version: string): string {
	return version.split("+")[0] ?? "";
}

/** How to name a version next to another one: in full where only the build differs. */
export function versionBeside(version: string, other: string): string {
	return shortVersion(version) === shortVersion(other) ? version : shortVersion(version);
}

function numbers(version: string): number[] {
	return shortVersion(version).split(".").map(Number);
}
