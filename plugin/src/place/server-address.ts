/**
 * A backend address in the only spelling that is written into a Script: scheme, host and port in a fixed alphabet, lower
 * case, no default port. Equal servers have equal `text`.
 */
export interface ServerAddress {
	text: string;
	/** Host, and port unless it is the default: how the server is shown. */
	host: string;
	secure: boolean;
	/** Reachable only from this computer. */
	loopback: boolean;
	port: number;
}

const MAX_CHARACTERS = 200;
const LOOPBACK_NUMBERS = "^127%.%d%d?%d?%.%d%d?%d?%.%d%d?%d?$";

function isLoopbackHost(host: string): boolean {
	if (host === "localhost" || host === "[::1]") return true;
	return host.match(LOOPBACK_NUMBERS)[0] !== undefined || host.match("%.localhost$")[0] !== undefined;
}

/** Undefined unless `text` is an origin: `https://host` or `http://host:port`, without a path. */
export function parseServerAddress(text: string): ServerAddress | undefined {
	if (text.size() > MAX_CHARACTERS) return undefined;
	const [scheme, rest] = text.lower().match("^(https?)://(.-)/?$") as LuaTuple<[string?, string?]>;
	if (scheme === undefined || rest === undefined) return undefined;
	let [host, portText] = rest.match("^([%w%.%-]+):?(%d*)$") as LuaTuple<[string?, string?]>;
	if (host === undefined) [host, portText] = rest.match("^(%[[%x:]+%]):?(%d*)$") as LuaTuple<[string?, string?]>;
	if (host === undefined || rest.sub(-1) === ":") return undefined;
	const defaultPort = scheme === "https" ? 443 : 80;
	const port = portText === undefined || portText === "" ? defaultPort : tonumber(portText);
	if (port === undefined || port < 1 || port > 65535) return undefined;
	const shown = port === defaultPort ? host : `${host}:${port}`;
	return {
		text: `${scheme}://${shown}`,
		host: shown,
		secure: scheme === "https",
		loopback: isLoopbackHost(host),
		port,
	};
}

/** The one rule for keys, which server and game share: over https, or to this computer. */
export function mayGetKeys({ secure, loopback }: ServerAddress): boolean {
	return secure || loopback;
}
