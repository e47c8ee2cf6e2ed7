/**
 * Why Roblox's HttpService threw: one table for the plugin and the game's runtime, each of which has its own words for the
 * kinds. Names are from Roblox's HttpError. Patterns are Lua's, in lower case; the first match wins.
 */
export const THROWN_FAILURES = [
	["permission denied", "permission-denied"],
	["lacking capability", "no-network"],
	["requests are not enabled", "http-disabled"],
	["only be executed by game server", "game-server-only"],
	["number of requests exceeded", "request-limit"],
	["toomanyoutstandingrequests", "too-many-open"],
	["header .* is not allowed", "header-refused"],
	["not allowed to access roblox", "roblox-address"],
	["err_access_denied", "bad-url"],
	["invalidurl", "bad-url"],
	["dnsresolve", "name-not-resolved"],
	["connectfail", "connection-refused"],
	["time%s*d?%s*out", "timed-out"],
	["ssl", "tls"],
	["redirect", "redirects"],
	["netfail", "connection-lost"],
	["aborted", "connection-lost"],
	["connectionclosed", "connection-lost"],
	["serverprotocolerror", "connection-lost"],
	["outofmemory", "connection-lost"],
	["unknown", "connection-lost"],
] as const;

export type ThrownFailure = (typeof THROWN_FAILURES)[number][1];
