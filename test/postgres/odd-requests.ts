import type { InjectOptions } from "fastify";

import type { TestServer } from "../server/helper.ts";

interface Schema {
	type?: string;
	enum?: unknown[];
	anyOf?: Schema[];
	properties?: Record<string, Schema>;
}

interface Operation {
	parameters?: { name: string; in: "path" | "query" | "header" }[];
	requestBody?: { content: Record<string, { schema: Schema }> };
}

interface Part {
	in: "path" | "query" | "header" | "body" | "form";
	name: string;
	/** Where it is not the odd one. Undefined: it is left out. */
	value: (world: World) => unknown;
}

/** A request with one text that is to be chosen. */
export interface OddRequest {
	place: string;
	compose(text: string, world: World): InjectOptions;
}

export type World = Awaited<ReturnType<typeof createWorld>>;

const ORIGIN = "http://localhost:8787";
const PASSWORD = "correct horse battery";
/** What `/openapi.json` has no schema of. */
const FORMS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	"/oauth/device_authorization": {
		client_id: "auxvyn-studio",
		place_id: "7",
		universe_id: "8",
		studio_user_id: "9",
		place_name: "Caverns",
		intent: "reconnect",
		key_id: "key_x",
	},
	"/oauth/token": {
		client_id: "auxvyn-studio",
		grant_type: "urn:ietf:params:oauth:grant-type:device_code",
		device_code: "x".repeat(43),
	},
	"/oauth/revoke": { client_id: "auxvyn-studio", token: "auxvyn_x", token_type_hint: "access_token" },
	"/oauth/introspect": { client_id: "bk_x", client_secret: "bks_x", token: "auxvyn_x" },
};
const HEADERS: Readonly<Record<string, readonly string[]>> = {
	"/v1/whoami": ["x-api-key", "authorization", "x-auxvyn-server", "x-auxvyn-place", "x-auxvyn-place-version"],
	"/oauth/device_authorization": ["user-agent", "authorization"],
	"/api/workspaces": ["cookie"],
};

/** A person, with one of each thing that requests name. */
export async function createWorld(server: TestServer) {
	const person = await server.signUp();
	const key = await person.createKey();
	const path = `/api/workspaces/${person.workspaceId}`;
	const created = await person.request("POST", `${path}/backends`, { name: "API" });
	const { user_code } = await server.startPairing();
	return { person, key, backendId: created.json<{ backend: { id: string } }>().backend.id, userCode: user_code };
}

const VALUES: Readonly<Record<string, (world: World) => unknown>> = {
	workspaceId: ({ person }) => person.workspaceId,
	keyId: ({ key }) => key.id,
	accountId: ({ person }) => person.accountId,
	id: ({ backendId }) => backendId,
	userCode: (world) => world.userCode,
	name: () => "Name",
	label: () => "Label",
	email: () => `${crypto.randomUUID()}@example.com`,
	password: () => PASSWORD,
	currentPassword: () => PASSWORD,
	newPassword: () => PASSWORD,
	item: () => "spend_limits",
	done: () => true,
	role: () => "admin",
};

/** One for each text of each route that the server describes. */
export async function oddRequests({ app }: TestServer): Promise<OddRequest[]> {
	const { paths } = (await app.inject("/openapi.json")).json<{ paths: Record<string, Record<string, Operation>> }>();
	const operations = Object.entries(paths)
		// A stream has no end.
		.filter(([path]) => !path.endsWith("/events"))
		.flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })));
	return operations.flatMap(({ path, method, operation }) => {
		const parts = partsOf(path, operation);
		return parts.map((odd) => ({
			place: `${method.toUpperCase()} ${path}, ${odd.in} ${odd.name}`,
			compose: (text: string, world: World) => compose({ path, method, parts, odd }, text, world),
		}));
	});
}

function partsOf(path: string, { parameters = [], requestBody }: Operation): Part[] {
	const body = Object.keys(requestBody?.content["application/json"]?.schema.properties ?? {});
	const none = () => undefined;
	return [
		...parameters.map(({ in: where, name }) => ({
			in: where,
			name,
			value: (where === "path" && VALUES[name]) || none,
		})),
		...body.map((name) => ({ in: "body" as const, name, value: VALUES[name] ?? none })),
		...Object.entries(FORMS[path] ?? {}).map(([name, value]) => ({ in: "form" as const, name, value: () => value })),
		...(HEADERS[path] ?? []).map((name) => ({ in: "header" as const, name, value: none })),
	];
}

interface Shape {
	path: string;
	method: string;
	parts: readonly Part[];
	odd: Part;
}

function compose({ path, method, parts, odd }: Shape, text: string, world: World): InjectOptions {
	const given = (where: Part["in"]) =>
		parts
			.filter((part) => part.in === where)
			.map((part): [string, unknown] => [part.name, part === odd ? text : part.value(world)])
			.filter(([, value]) => value !== undefined);
	const texts = (where: Part["in"]) => given(where).map(([name, value]): [string, string] => [name, String(value)]);
	const ids = new Map(texts("path"));
	const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
		encodeURIComponent((ids.get(name) ?? "").toWellFormed()),
	);
	const [body, form] = [given("body"), texts("form")];
	return {
		method: method.toUpperCase(),
		url: `${filled}?${new URLSearchParams(texts("query")).toString()}`,
		headers: { origin: ORIGIN, cookie: world.person.cookie, ...Object.fromEntries(texts("header").map(toHeader)) },
		...(body.length > 0 && { payload: Object.fromEntries(body) }),
		...(form.length > 0 && { payload: new URLSearchParams(form).toString() }),
	};

	/** As Node's HTTP would let it through. */
	function toHeader([name, value]: [string, string]): [string, string] {
		const bytes = Buffer.from(value)
			.toString("latin1")
			.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, "");
		const [cookieName] = world.person.cookie.split("=");
		return [name, name === "cookie" ? `${cookieName}=${bytes}` : bytes];
	}
}
