/**
 * The backend's address as it may stand in a Script: scheme, host and port in a fixed alphabet, lower case, without a
 * default port. Two texts that mean the same server have the same `text`.
 */
export interface ServerAddress {
	text: string;
	/** Host and, where it is not the scheme's own, port: what people know the server by. */
	host: string;
	secure: boolean;
	/** Only this computer reaches it. */
	loopback: boolean;
	port: number;
}

const MAX_CHARACTERS = 200;
const LOOPBACK_NUMBERS = "^127%.%d%d?%d?%.%d%d?%d?%.%d%d?%d?$";

function isLoopbackHost(host: string): boolean {
	if (host === "localhost" || host === "[::1]") return true;
	return host.match(LOOPBACK_NUMBERS)[0] !== undefined || host.match("%.localhost$")[0] !== undefined;
}

/** Undefined where `text` is not an origin: `https://host` or `http://host:port`, with no path. */
export function parseServerAddress(text: string): ServerAddress | undefined {
	if (text.size() > MAX_CHARACTERS) return undefined;
	const [scheme, rest] = text.lower().match("^(https?)://(.-)/?$") as LuaTuple<[string?, string?]>;
	if (scheme === undefined || rest === undefined) return undefined;
	let [host, portText] = rest.match("^([%w%.%-]+):?(%d*)$") as LuaTuple<[string?, string?]>;
	if (host === undefined) [host, portText] = rest.match("^(%[[%x:]+%]):?(%d*)$") as LuaTuple<[string?, string?]>;
	if (host === undefined || rest.sub(-1) === ":") return undefined;
	const standard = scheme === "https" ? 443 : 80;
	const port = portText === undefined || portText === "" ? standard : tonumber(portText);
	if (port === undefined || port < 1 || port > 65535) return undefined;
	const shown = port === standard ? host : `${host}:${port}`;
	return {
		text: `${scheme}://${shown}`,
		host: shown,
		secure: scheme === "https",
		loopback: isLoopbackHost(host),
		port,
	};
}
