import type { Pairing } from "../../shared/wire.ts";
import { siteOf } from "../http/address.ts";
import type { PairingRow } from "./pairing-row.ts";
import type { Requester } from "./requester.ts";

type RequestedFrom = Pairing["requestedFrom"];
/** Where a person looks at a pairing from. */
export type Viewer = Pick<Requester, "address" | "isForwarded">;
export type KeptRequesters = Pick<
	PairingRow,
	"started_from" | "started_agent" | "polled_from" | "polled_agent" | "forwarded"
>;

/**
 * Who requests a pairing's key, as seen by `viewer`. Of a start and polls from different networks, the one that speaks more
 * against approving counts.
 */
export function requestedFrom(pairing: KeptRequesters, viewer: Viewer): RequestedFrom {
	const { address, agent } = suspectOf(pairing, viewer);
	if (isForwarded(pairing) || viewer.isForwarded) return { network: null, sameAsYours: null, userAgent: agent };
	return { network: networkOf(address), sameAsYours: isSameNetwork(address, viewer.address), userAgent: agent };
}

/** The requester's address for the activity, chosen like `requestedFrom`. */
export function requesterAddress(pairing: KeptRequesters, viewer: Viewer): string | null {
	return suspectOf(pairing, viewer).address;
}

/**
 * True if a poll tells something that the pairing does not keep yet: another network than the start's, or else another user
 * agent. At most two polls of a pairing do, so that polling writes nothing.
 */
export function isNewPoller(pairing: KeptRequesters, poller: Requester): boolean {
	if (poller.isForwarded && !isForwarded(pairing)) return true;
	const startedFrom = networkOf(pairing.started_from);
	if (networkOf(poller.address) !== startedFrom) {
		return pairing.polled_from === null || networkOf(pairing.polled_from) === startedFrom;
	}
	return pairing.polled_from === null && poller.agent !== pairing.started_agent;
}

function suspectOf(pairing: KeptRequesters, viewer: Viewer): { address: string | null; agent: string | null } {
	const started = { address: pairing.started_from, agent: pairing.started_agent };
	if (pairing.polled_from === null) return started;
	const polled = { address: pairing.polled_from, agent: pairing.polled_agent };
	return suspicionOf(polled.address, viewer) > suspicionOf(started.address, viewer) ? polled : started;
}

function suspicionOf(address: string | null, viewer: Viewer): number {
	const isSame = isSameNetwork(address, viewer.address);
	if (isSame === null) return 1;
	return isSame ? 0 : 2;
}

/** Null if they cannot be compared: IPv4 with IPv6, or an address that is not known. */
function isSameNetwork(address: string | null, viewer: string): boolean | null {
	const [theirs, yours] = [siteOf(address ?? ""), siteOf(viewer)];
	if (theirs === undefined || yours === undefined) return null;
	if (theirs.network === yours.network) return true;
	return theirs.family === yours.family ? false : null;
}

function networkOf(address: string | null): string | null {
	return siteOf(address ?? "")?.network ?? null;
}

function isForwarded({ forwarded }: KeptRequesters): boolean {
	return Boolean(forwarded);
}
