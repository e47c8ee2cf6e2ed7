import type { IncomingHttpHeaders } from "node:http";

/** The headers in which a game server says what it is, as they were sent. Null: there is none. */
export interface ServerHeaders {
	server: string | null;
	place: string | null;
	placeVersion: string | null;
	heartbeat: string | null;
}

/** What a game server says about itself. Anyone with the key can say it. */
export interface GameServerHeaders {
	/** A UUID in lower case. */
	jobId: string;
	placeId: number;
	placeVersion: number;
	/** It promised to be heard from again while it runs, so that its silence means something. */
	hasHeartbeat: boolean;
}

/** A Roblox JobId is a UUID. */
const JOB_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** None that is well-formed is as long. What was sent is kept, to compare it with what comes next. */
const MAX_CHARACTERS = 64;
const DIGITS = /^[0-9]+$/;
/** A server that is heard from less often may be silent for a whole stretch of silence. */
const HEARTBEAT_MAX_SECONDS = 150;

export function serverHeaders(headers: IncomingHttpHeaders): ServerHeaders {
	return {
		server: textOf(headers["x-auxvyn-server"]),
		place: textOf(headers["x-auxvyn-place"]),
		placeVersion: textOf(headers["x-auxvyn-place-version"]),
		heartbeat: textOf(headers["x-auxvyn-heartbeat"]),
	};
}

/** Null for what is too long, too. Node joins repeated headers of names that it does not know. */
function textOf(header: string | string[] | undefined): string | null {
	return typeof header === "string" && header.length <= MAX_CHARACTERS ? header : null;
}

/** Undefined unless JobId, PlaceId and PlaceVersion are all there and well-formed. */
export function readGameServer(said: ServerHeaders): GameServerHeaders | undefined {
	if (said.server === null || !JOB_ID.test(said.server)) return undefined;
	const placeId = wholeNumber(said.place);
	const placeVersion = wholeNumber(said.placeVersion);
	if (placeId === undefined || placeVersion === undefined) return undefined;
	const heartbeat = wholeNumber(said.heartbeat) ?? 0;
	const hasHeartbeat = heartbeat > 0 && heartbeat <= HEARTBEAT_MAX_SECONDS;
	return { jobId: said.server.toLowerCase(), placeId, placeVersion, hasHeartbeat };
}

function wholeNumber(header: string | null): number | undefined {
	if (header === null || !DIGITS.test(header)) return undefined;
	const number = Number(header);
	return Number.isSafeInteger(number) ? number : undefined;
}
