import type { Key } from "../../../shared/wire.ts";

/** The latest use by the game, a playtest or the plugin; undefined if there was none. */
export function usedAt({ lastUsedAt, studio, plugin }: Key): string | undefined {
	const times = [lastUsedAt, studio.lastUsedAt, plugin.lastUsedAt];
	return times
		.filter((at) => at !== null)
		.sort()
		.at(-1);
}
