import { ProblemError, tooManyRequests } from "../errors/problem-error.ts";
import { networksOf } from "../http/networks.ts";
import type { Hub } from "./hub.ts";

const MAX_STREAMS = 1_000;
const MAX_STREAMS_PER_ACCOUNT = 20;
/** For shared addresses. Keeps one client from taking all streams by creating accounts. Wider networks may have more. */
const MAX_STREAMS_PER_ADDRESS = 100;
const MAX_STREAMS_PER_NETWORK = 500;
const RETRY_AFTER_SECONDS = 30;

export type StreamCounts = Pick<Hub, "count" | "countOf" | "countFrom">;

/** @throws ProblemError 429 if the account or its network has too many streams, 503 if the server has */
export function requireStreamRoom(hub: StreamCounts, accountId: string, address: string): void {
	if (hub.countOf(accountId) >= MAX_STREAMS_PER_ACCOUNT) {
		throw tooManyRequests(RETRY_AFTER_SECONDS, "You have too many pages open. Close some of them.");
	}
	for (const { name, shares } of networksOf(address)) {
		if (hub.countFrom(name) >= Math.min(MAX_STREAMS_PER_ADDRESS * shares, MAX_STREAMS_PER_NETWORK)) {
			throw tooManyRequests(RETRY_AFTER_SECONDS, "Too many pages are open from your network. Close some of them.");
		}
	}
	if (hub.count() >= MAX_STREAMS) {
		throw new ProblemError(
			503,
			"too_many_streams",
			"Too many pages are open on this server. Reload this page to see changes.",
			{ headers: { "Retry-After": String(RETRY_AFTER_SECONDS) } },
		);
	}
}
