// Where a request may go. The key travels with it, so what cannot be read for certain is refused.
export interface Origin {
	// Scheme, host and port, lower case, without a default port.
	text: string;
	secure: boolean;
	loopback: boolean;
}

export interface Target {
	url: string;
	// Whether it is the Auxvyn server itself.
	own: boolean;
}

const DEFAULT_PORTS = new Map([
	["https", "443"],
	["http", "80"],
]);

// The origin at the start of `url`, and what follows it. Undefined where there is userinfo, or anything unusual.
export function parseOrigin(url: string): [origin: Origin, rest: string] | undefined {
	const [scheme, authority, rest] = url.match("^(%a+)://([^/?#]*)(.*)$") as LuaTuple<[string?, string?, string?]>;
	if (scheme === undefined || authority === undefined || rest === undefined) return undefined;
	const kind = scheme.lower();
	const standard = DEFAULT_PORTS.get(kind);
	if (standard === undefined) return undefined;
	let [host, port] = authority.lower().match("^([%w%.%-]+):?(%d*)$") as LuaTuple<[string?, string?]>;
	if (host === undefined)
		[host, port] = authority.lower().match("^(%[[%x:]+%]):?(%d*)$") as LuaTuple<[string?, string?]>;
	if (host === undefined || authority.sub(-1) === ":") return undefined;
	const shown = port === undefined || port === "" || port === standard ? host : `${host}:${port}`;
	const isLocal =
		host === "localhost" ||
		host === "[::1]" ||
		host.match("^127%.")[0] !== undefined ||
		host.match("%.localhost$")[0] !== undefined;
	return [{ text: `${kind}://${shown}`, secure: kind === "https", loopback: isLocal }, rest];
}

function isPlain(text: string): boolean {
	return text.match("[%c%s\\]")[0] === undefined;
}

// The request's URL, or a sentence that says why the key does not go there.
export function resolveTarget(target: string, server: Origin, apis: string[]): Target | string {
	if (!isPlain(target)) return "the target holds a space, a backslash or a control character";
	if (target.sub(1, 1) === "/") {
		if (target.sub(2, 2) === "/") return "the target begins with //, which may lead to another host";
		return { url: server.text + target, own: true };
	}
	const parsed = parseOrigin(target);
	if (parsed === undefined) return "the target is neither a path that begins with / nor an https URL with a plain host";
	const [origin, rest] = parsed;
	if (origin.text === server.text) return { url: origin.text + rest, own: true };
	if (!origin.secure) return "the target is not https";
	if (!apis.includes(origin.text)) {
		return `${origin.text} is not listed in options.apis of the Auxvyn Script, so it does not get the key`;
	}
	return { url: origin.text + rest, own: false };
}
