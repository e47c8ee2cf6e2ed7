import type { IntrospectionError } from "./introspection-error.ts";

/** What comes from the environment may be undefined, and is then refused in words. */
export interface BackendOptions {
	/** Origin of the Auxvyn server: `https://keys.example.com`, or `http` on this computer. */
	server: string | undefined;
	/** Id or ids (`ws_…`) of the workspaces whose keys are let in. */
	workspace: string | readonly string[] | undefined;
	/** From Settings › Backends. */
	client: { id: string | undefined; secret: string | undefined };
	/** How long a request may wait for the Auxvyn server before it is answered 503. Default 2, at most 60. */
	timeoutSeconds?: number;
	/**
	 * How long an accepted key may be accepted again without asking: a revoked key may pass for so long. Default 0, which
	 * asks for every request. At most 300.
	 */
	cacheSeconds?: number;
	/**
	 * Called if keys cannot be checked, at most once a minute for each `code`. Neither key nor secret is in the error.
	 * Default: `console.error` with its message.
	 */
	onError?: (error: IntrospectionError) => void;
}

export interface Settings {
	endpoint: URL;
	workspaces: ReadonlySet<string>;
	/** HTTP Basic. */
	authorization: string;
	timeoutMs: number;
	cacheMs: number;
	onError: (error: IntrospectionError) => void;
}

const INTROSPECTION_PATH = "/oauth/introspect";
const LOOPBACK_HOST = /^(localhost|.*\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const WORKSPACE_ID = /^ws_[0-9a-z]+$/;
const DEFAULT_TIMEOUT_SECONDS = 2;
const MAX_TIMEOUT_SECONDS = 60;
const MAX_CACHE_SECONDS = 300;

/** @throws TypeError naming the option and what it takes; never with its value, which may be a secret */
export function readOptions(options: BackendOptions): Settings {
	const { timeoutSeconds = DEFAULT_TIMEOUT_SECONDS, cacheSeconds = 0 } = options;
	const { onError = (error) => console.error(`auxvyn: ${error.message}`) } = options;
	if (!(timeoutSeconds > 0 && timeoutSeconds <= MAX_TIMEOUT_SECONDS))
		throw new TypeError(`timeoutSeconds has to be more than 0 and at most ${MAX_TIMEOUT_SECONDS}.`);
	if (!(cacheSeconds >= 0 && cacheSeconds <= MAX_CACHE_SECONDS))
		throw new TypeError(`cacheSeconds has to be from 0 to ${MAX_CACHE_SECONDS}.`);
	return {
		endpoint: new URL(INTROSPECTION_PATH, originOf(options.server)),
		workspaces: workspacesOf(options.workspace),
		authorization: basic(options.client),
		timeoutMs: timeoutSeconds * 1000,
		cacheMs: cacheSeconds * 1000,
		onError,
	};
}

/** A key and a secret go over https, or to this computer. */
function originOf(server: unknown): string {
	const url = typeof server === "string" && URL.canParse(server) ? new URL(server) : undefined;
	const isOrigin =
		url !== undefined && url.username + url.password + url.search + url.hash === "" && url.pathname === "/";
	if (!isOrigin || (url.protocol !== "https:" && url.protocol !== "http:"))
		throw new TypeError("server has to be the origin of the Auxvyn server, such as https://keys.example.com.");
	if (url.protocol === "http:" && !LOOPBACK_HOST.test(url.hostname))
		throw new TypeError("server has to be https: over http, anyone on the way could read keys and the secret.");
	return url.origin;
}

function workspacesOf(workspace: unknown): ReadonlySet<string> {
	const ids: readonly unknown[] = Array.isArray(workspace) ? workspace : [workspace];
	const valid = ids.filter((id): id is string => typeof id === "string" && WORKSPACE_ID.test(id));
	if (valid.length === 0 || valid.length < ids.length)
		throw new TypeError("workspace has to be the id of the workspace that is let in, ws_…, or several in an array.");
	return new Set(valid);
}

/** Form-encodes both parts (RFC 6749 §2.3.1). */
function basic(client: unknown): string {
	const { id, secret } = (client ?? {}) as { id?: unknown; secret?: unknown };
	if (typeof id !== "string" || id === "" || typeof secret !== "string" || secret === "")
		throw new TypeError("client has to be { id, secret }, as Settings › Backends of the workspace shows them.");
	const pair = `${encodeURIComponent(id)}:${encodeURIComponent(secret)}`;
	return `Basic ${Buffer.from(pair).toString("base64")}`;
}
