import type { RemotePerson } from "../../person.ts";
import { openConnection, type RawConnection, type RawResponse } from "../../raw-connection.ts";
import type { ProxyName } from "../find-proxy.ts";
import type { EchoApi, Seen } from "./echo-api.ts";
import type { Front } from "./front.ts";

/** A real proxy by its page, the real server before it, and an API behind it. */
export interface Behind {
	name: ProxyName;
	port: number;
	page: string;
	front: Front;
	api: EchoApi;
	people: People;
	/** Everything the server has logged. */
	serverOutput(): string;
}

export interface People {
	rin: RemotePerson;
	/** Two keys of Rin's workspace, and one of a stranger's. */
	key: Key;
	other: Key;
	/** Of Rin's, too: the front never answers a request with it. */
	unanswered: Key;
	foreign: Key;
}

export interface Key {
	id: string;
	secret: string;
}

/** What each proxy must do, as a title and a check. */
export type Case = readonly [title: string, check: (behind: Behind) => Promise<void>];

export interface Ask {
	method?: string;
	target?: string;
	version?: string;
	headers?: readonly string[];
	/** Sent with its length, unless a header says how it is sent. */
	body?: string;
}

export interface Outcome {
	status: number;
	response: RawResponse;
	/** What the API got: undefined if nothing. */
	seen: Seen | undefined;
}

type Reached = Pick<Behind, "port" | "api">;

/** One request on a connection of its own, or on `connection`. */
export async function ask(behind: Reached, secret: string | undefined, options: Ask = {}): Promise<Outcome> {
	const connection = await openConnection(behind.port);
	const outcome = await askOn(connection, behind, secret, options);
	connection.socket.destroy();
	return outcome;
}

export async function askOn(
	connection: RawConnection,
	{ api }: Pick<Behind, "api">,
	secret: string | undefined,
	options: Ask = {},
): Promise<Outcome> {
	const before = api.seen.length;
	connection.send(requestText(secret, options));
	const response = await connection.response(options.method === "HEAD" ? "HEAD" : undefined);
	return { status: response.status, response, seen: api.seen.slice(before).at(-1) };
}

export function requestText(secret: string | undefined, options: Ask): string {
	const { method = "GET", target = "/things", version = "HTTP/1.1", headers = [], body } = options;
	const key = secret === undefined ? [] : [`x-api-key: ${secret}`];
	const isChunked = headers.some((header) => header.startsWith("Transfer-Encoding"));
	const length = body === undefined || isChunked ? [] : [`Content-Length: ${body.length}`];
	const head = [`${method} ${target} ${version}`, "Host: api.example.com", ...key, ...headers, ...length];
	return `${head.join("\r\n")}\r\n\r\n${body ?? ""}`;
}

/** What the API is told about the caller: every header that could be taken for it, in any spelling. */
export function identity(seen: Seen | undefined): [name: string, value: string][] {
	const names = /^x[-_]auxvyn[-_](workspace|key)[-_]id$/;
	return (seen?.headers ?? [])
		.map(([name, value]): [string, string] => [name.toLowerCase(), value])
		.filter(([name]) => names.test(name))
		.toSorted(([a], [b]) => a.localeCompare(b));
}

export function identityOf(key: Key, workspaceId: string): [name: string, value: string][] {
	return [
		["x-auxvyn-key-id", key.id],
		["x-auxvyn-workspace-id", workspaceId],
	];
}
