import type { Origin, RefusedTarget, Target } from "./contracts";

// Where a request may go. It carries the key, so anything ambiguous is refused.
// Captured at load: a script that replaces these globals later must not choose where the key goes.
const { lower, match, sub } = string;

const LOOPBACK_NUMBERS = "^127%.%d%d?%d?%.%d%d?%d?%.%d%d?%d?$";
const DEFAULT_PORTS = new Map([
	["https", "443"],
	["http", "80"],
]);

// The origin of `url` and the rest. Undefined if it contains userinfo or anything unusual.
function parseOrigin(url: string): [origin: Origin, rest: string] | undefined {
	const [scheme, authority, rest] = match(url, "^(%a+)://([^/?#]*)(.*)$") as LuaTuple<[string?, string?, string?]>;
	if (scheme === undefined || authority === undefined || rest === undefined) return undefined;
	const kind = lower(scheme);
	const defaultPort = DEFAULT_PORTS.get(kind);
	if (defaultPort === undefined) return undefined;
	let [host, port] = match(lower(authority), "^([%w%.%-]+):?(%d*)$") as LuaTuple<[string?, string?]>;
	if (host === undefined)
		[host, port] = match(lower(authority), "^(%[[%x:]+%]):?(%d*)$") as LuaTuple<[string?, string?]>;
	if (host === undefined || sub(authority, -1) === ":") return undefined;
	const shown = port === undefined || port === "" || port === defaultPort ? host : `${host}:${port}`;
	const isLocal =
		host === "localhost" ||
		host === "[::1]" ||
		match(host, LOOPBACK_NUMBERS)[0] !== undefined ||
		match(host, "%.localhost$")[0] !== undefined;
	return [{ text: `${kind}://${shown}`, secure: kind === "https", loopback: isLocal }, rest];
}

function isPlain(text: string): boolean {
	return match(text, "[%c%s\\]")[0] === undefined;
}

// The request's URL, or why the key is not sent there.
function resolveTarget(target: string, server: Origin, apis: string[]): Target | RefusedTarget {
	if (!isPlain(target)) return { refusal: "the target contains a space, a backslash or a control character" };
	if (sub(target, 1, 1) === "/") {
		if (sub(target, 2, 2) === "/") return { refusal: "the target starts with //, which may lead to another host" };
		return { url: server.text + target, own: true };
	}
	const parsed = parseOrigin(target);
	if (parsed === undefined)
		return { refusal: "the target is neither a path that starts with / nor an https URL with a plain host" };
	const [origin, rest] = parsed;
	if (origin.text === server.text) return { url: origin.text + rest, own: true };
	if (!origin.secure) return { refusal: "the target is not https" };
	for (const api of apis) {
		if (api === origin.text) return { url: origin.text + rest, own: false };
	}
	return { refusal: `${origin.text} is not listed in options.apis of the Auxvyn Script, so the key is not sent to it` };
}

export = table.freeze({ parseOrigin, resolveTarget });
