import { DEVICE_CODE_GRANT, OAUTH_CLIENT_ID } from "../../shared/wire.ts";
import { GAME_SERVER } from "../game.ts";
import type { Contestant } from "./contestants.ts";

type Requests = (contestant: Contestant) => (index: number) => string;

/** A game's request. */
export const asGame = (secret: string, path = "/v1/whoami", headers: Record<string, string> = GAME_SERVER): string =>
	request(`GET ${path}`, [
		`Authorization: Bearer ${secret}`,
		...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
	]);

/** A request of the dashboard. */
function asPerson({ rin, server }: Contestant, what: string, body?: unknown): string {
	const headers = [`Cookie: ${rin.cookie()}`, `Origin: ${server.url}`];
	return request(
		what,
		body === undefined ? headers : [...headers, "Content-Type: application/json"],
		JSON.stringify(body),
	);
}

const asPlugin = (path: string, parameters: Record<string, string>): string =>
	asForm(path, { client_id: OAUTH_CLIENT_ID, ...parameters });

export const asForm = (path: string, parameters: Record<string, string>): string =>
	request(
		`POST ${path}`,
		["Content-Type: application/x-www-form-urlencoded"],
		new URLSearchParams(parameters).toString(),
	);

function request(what: string, headers: string[], body = ""): string {
	const lines = [`${what} HTTP/1.1`, "Host: localhost", ...headers];
	if (body !== "") lines.push(`Content-Length: ${Buffer.byteLength(body)}`);
	return `${lines.join("\r\n")}\r\n\r\n${body}`;
}

const keysOf = ({ rin }: Contestant): string => `/api/workspaces/${rin.workspaceId}/keys`;

export const PEOPLE: Record<string, Requests> = {
	"list 50 keys": (contestant) => () => asPerson(contestant, `GET ${keysOf(contestant)}`),
	"list workspaces": (contestant) => () => asPerson(contestant, "GET /api/workspaces"),
	"first page": (contestant) => () => firstPage(contestant),
	"create a key": (contestant) => (index) =>
		asPerson(contestant, `POST ${keysOf(contestant)}`, { label: `New ${index}` }),
	"start a pairing": () => () => asPlugin("/oauth/device_authorization", {}),
};

export const search = (contestant: Contestant, words: string): string =>
	asPerson(contestant, `GET ${keysOf(contestant)}?q=${encodeURIComponent(words)}`);

export const list = (contestant: Contestant, limit: number): string =>
	asPerson(contestant, `GET ${keysOf(contestant)}?limit=${limit}`);

export const firstPage = (contestant: Contestant): string => asPerson(contestant, "GET /api/start");

/** Anyone's request, as a browser would send it. */
export const anonymous = (path: string): string => request(`GET ${path}`, ["Accept: */*", "Accept-Encoding: gzip, br"]);

export const create = (contestant: Contestant, label: string): string =>
	asPerson(contestant, `POST ${keysOf(contestant)}`, { label });

export const poll = (deviceCode: string): string =>
	asPlugin("/oauth/token", { grant_type: DEVICE_CODE_GRANT, device_code: deviceCode });
