import type { IncomingHttpHeaders } from "node:http";

import type { StudioSeries } from "../../../shared/wire.ts";

/** A Roblox JobId is a UUID. */
const JOB_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DIGITS = /^[0-9]+$/;

/** What counts a request, by its headers: the plugin, a playtest, or the game. Anyone with the key can send them. */
export function seriesOf(headers: IncomingHttpHeaders): StudioSeries | "game" {
	if (headers["x-auxvyn-protocol"] !== undefined) return "plugin";
	return headers["x-auxvyn-studio"] === "1" ? "studio" : "game";
}

/** True if the headers identify a game server: its JobId, PlaceId and PlaceVersion, all three well-formed. */
export function isGameServer(headers: IncomingHttpHeaders): boolean {
	const server = headers["x-auxvyn-server"];
	return (
		typeof server === "string" &&
		JOB_ID.test(server) &&
		isWholeNumber(headers["x-auxvyn-place"]) &&
		isWholeNumber(headers["x-auxvyn-place-version"])
	);
}

/** A server that says goodbye authenticates, and that is no use. */
export function isClosing(headers: IncomingHttpHeaders): boolean {
	return headers["x-auxvyn-closing"] === "1";
}

function isWholeNumber(header: string | string[] | undefined): boolean {
	return typeof header === "string" && DIGITS.test(header) && Number.isSafeInteger(Number(header));
}
