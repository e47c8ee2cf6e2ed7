import type { IncomingHttpHeaders } from "node:http";

import type { StudioSeries } from "../../../shared/wire.ts";

/** What counts a request, by its headers: the plugin, a playtest, or the game. Anyone with the key can send them. */
export function seriesOf(headers: IncomingHttpHeaders): StudioSeries | "game" {
	if (headers["x-auxvyn-protocol"] !== undefined) return "plugin";
	return headers["x-auxvyn-studio"] === "1" ? "studio" : "game";
}

/** A server that says goodbye authenticates, and that is no use. */
export function isClosing(headers: IncomingHttpHeaders): boolean {
	return headers["x-auxvyn-closing"] === "1";
}
