import type { HEADERS } from "../../shared/wire.js";
import type { HeaderValue, HttpHeaders, Send } from "./contracts";

// What identifies this server to the backend. Without a value-import, the types hold the names to the shared ones.
const STUDIO_HEADER: (typeof HEADERS)["studio"] = "X-Auxvyn-Studio";
const SERVER_HEADER: (typeof HEADERS)["server"] = "X-Auxvyn-Server";
const PLACE_HEADER: (typeof HEADERS)["place"] = "X-Auxvyn-Place";
const PLACE_VERSION_HEADER: (typeof HEADERS)["placeVersion"] = "X-Auxvyn-Place-Version";

// What the key passes through is taken once: other scripts can change the globals of a module that has loaded. Against
// a script that puts another module in this one's place before that, nothing in here helps.
const attempt = pcall;
const clone = table.clone;
const toText = tostring;
const { lower, sub } = string;

function isText(value: unknown): value is string {
	return toText(value) === value;
}

// Headers that only this module sets; whoever calls may not.
function isReserved(name: string): boolean {
	const lowered = lower(name);
	return lowered === "authorization" || lowered === "x-api-key" || sub(lowered, 1, 9) === "x-auxvyn-";
}

// Sends with the key. It goes as a bearer token: redirects to other hosts strip that header, and keep others.
// Undefined where `key` is neither a text nor a Secret.
function createSend(http: HttpService, key: HeaderValue, inStudio: boolean): Send | undefined {
	const [usable, bearer] = attempt(() => (isText(key) ? `Bearer ${key}` : key.AddPrefix("Bearer ")));
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
