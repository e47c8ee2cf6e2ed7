import type { HEADERS } from "../../shared/wire.js";

// What identifies this server to the backend. Without a value-import, the types hold the names to the shared ones.
const STUDIO_HEADER: (typeof HEADERS)["studio"] = "X-Auxvyn-Studio";
const SERVER_HEADER: (typeof HEADERS)["server"] = "X-Auxvyn-Server";
const PLACE_HEADER: (typeof HEADERS)["place"] = "X-Auxvyn-Place";
const PLACE_VERSION_HEADER: (typeof HEADERS)["placeVersion"] = "X-Auxvyn-Place-Version";

export type HeaderValue = string | Secret;
export type HttpHeaders = Record<string, HeaderValue>;
export type Send = (
	method: string,
	url: string,
	body: string | undefined,
	headers: HttpHeaders,
) => RequestAsyncResponse;

// Headers that only this module sets; whoever calls may not.
export function isReserved(name: string): boolean {
	const lower = name.lower();
	return lower === "authorization" || lower === "x-api-key" || lower.sub(1, 9) === "x-auxvyn-";
}

// Sends with the key. It goes as a bearer token: redirects to other hosts strip that header, and keep others.
export function createSend(http: HttpService, key: HeaderValue, inStudio: boolean): Send {
	const bearer = typeIs(key, "string") ? `Bearer ${key}` : key.AddPrefix("Bearer ");
	return (method, url, body, headers) => {
		const all: HttpHeaders = table.clone(headers);
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
