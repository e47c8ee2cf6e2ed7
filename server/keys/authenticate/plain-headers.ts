import type { ServerHeaders } from "../usage/game-server.ts";

/** The headers of a request that a game's server or a proxy sends all day. */
export interface PlainHeaders extends ServerHeaders {
	apiKey: string | null;
	authorization: string | null;
}

/** A request with one of these is for the router: it comes from the plugin or Studio, says goodbye, or has a body. */
const RARE = Symbol("for the router");
const NAMES: Record<string, keyof PlainHeaders | typeof RARE> = {
	"x-api-key": "apiKey",
	authorization: "authorization",
	"x-auxvyn-server": "server",
	"x-auxvyn-place": "place",
	"x-auxvyn-place-version": "placeVersion",
	"x-auxvyn-heartbeat": "heartbeat",
	"x-auxvyn-closing": RARE,
	"x-auxvyn-protocol": RARE,
	"x-auxvyn-studio": RARE,
	"content-length": RARE,
	"transfer-encoding": RARE,
};
/** By length, since lower-casing and hashing every header's name would cost more than hashing the key. */
const BY_LENGTH = Object.entries(NAMES).reduce<[name: string, header: (typeof NAMES)[string]][][]>((names, entry) => {
	names[entry[0].length] = [...(names[entry[0].length] ?? []), entry];
	return names;
}, []);

/** Reads names and values in turn, in one pass. Undefined: the request is none of those, or has a header twice. */
export function readPlainHeaders(rawHeaders: readonly string[]): PlainHeaders | undefined {
	const headers: PlainHeaders = {
		apiKey: null,
		authorization: null,
		server: null,
		place: null,
		placeVersion: null,
		heartbeat: null,
	};
	for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
		const written = rawHeaders[index] ?? "";
		const candidates = BY_LENGTH[written.length];
		if (candidates === undefined) continue;
		const name = written.toLowerCase();
		for (const [known, header] of candidates) {
			if (name !== known) continue;
			if (header === RARE || headers[header] !== null) return undefined;
			headers[header] = rawHeaders[index + 1] ?? "";
		}
	}
	return headers;
}
