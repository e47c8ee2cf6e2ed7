import type { HEADERS } from "../../shared/wire.js";
import type { HeaderValue, HttpHeaders, Send } from "./contracts";

// Headers that identify this server to the backend. Games cannot import values, so types pin the shared names.
const STUDIO_HEADER: (typeof HEADERS)["studio"] = "X-Auxvyn-Studio";
const SERVER_HEADER: (typeof HEADERS)["server"] = "X-Auxvyn-Server";
const PLACE_HEADER: (typeof HEADERS)["place"] = "X-Auxvyn-Place";
const PLACE_VERSION_HEADER: (typeof HEADERS)["placeVersion"] = "X-Auxvyn-Place-Version";

// Every function that handles the key is captured at load: other scripts can replace the globals of a loaded module.
// This does not help against a script that replaces this module before it loads.
const protectedCall = pcall;
const clone = table.clone;
const toText = tostring;
const { lower, sub } = string;

function isText(value: unknown): value is string {
	return toText(value) === value;
}

// Headers that callers may not set.
function isReserved(name: string): boolean {
	const lowered = lower(name);
	return lowered === "authorization" || lowered === "x-api-key" || sub(lowered, 1, 9) === "x-auxvyn-";
}

// Creates a function that sends requests with the key, as a bearer token: redirects to other hosts strip that header but
// not others. Undefined if `key` is neither a string nor a Secret.
function createSend(http: HttpService, key: HeaderValue, inStudio: boolean): Send | undefined {
	const [usable, bearer] = protectedCall(() => (isText(key) ? `Bearer ${key}` : key.AddPrefix("Bearer ")));
	if (!usable || key === "") return undefined;
	return (method, url, body, headers) => {
		const all: HttpHeaders = clone(headers);
		all.Authorization = bearer;
		if (inStudio) all[STUDIO_HEADER] = "1";
		else {
			if (game.JobId !== "") all[SERVER_HEADER] = game.JobId;
			all[PLACE_HEADER] = string.format("%d", game.PlaceId);
			all[PLACE_VERSION_HEADER] = string.format("%d", game.PlaceVersion);
		}
		return http.RequestAsync({
			Url: url,
			Method: method as "GET",
			Headers: all,
			Body: body,
		});
	};
}

export = table.freeze({ isReserved, createSend });
