import type { IncomingHttpHeaders } from "node:http";

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
const DIGITS = /^[0-9]+$/;
/** A server that is heard from less often may be silent for a whole stretch of silence. */
const HEARTBEAT_MAX_SECONDS = 150;

/** Undefined unless JobId, PlaceId and PlaceVersion are all there and well-formed. */
export function readGameServer(headers: IncomingHttpHeaders): GameServerHeaders | undefined {
	const jobId = headers["x-auxvyn-server"];
	if (typeof jobId !== "string" || !JOB_ID.test(jobId)) return undefined;
	const placeId = wholeNumber(headers["x-auxvyn-place"]);
	const placeVersion = wholeNumber(headers["x-auxvyn-place-version"]);
	if (placeId === undefined || placeVersion === undefined) return undefined;
	const heartbeat = wholeNumber(headers["x-auxvyn-heartbeat"]) ?? 0;
	const hasHeartbeat = heartbeat > 0 && heartbeat <= HEARTBEAT_MAX_SECONDS;
	return { jobId: jobId.toLowerCase(), placeId, placeVersion, hasHeartbeat };
}

function wholeNumber(header: string | string[] | undefined): number | undefined {
	if (typeof header !== "string" || !DIGITS.test(header)) return undefined;
	const number = Number(header);
	return Number.isSafeInteger(number) ? number : undefined;
}
