import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";

import { createExamples } from "../../../server/http/openapi/example.ts";
import { fillPage } from "../../../server/http/openapi/page/page.ts";
import { build, type Person, type TestServer } from "../helper.ts";
import { examplesIn } from "./page-examples.ts";
import { parseCurl } from "./parse-curl.ts";

async function described() {
	const server = await build();
	const rin = await server.signUp();
	return { ...server, rin, document: server.app.openapiDocument() };
}

describe("the API's page", () => {
	it("has every operation once, with an anchor that the contents lead to, and every code of an error", async () => {
		const { app, document } = await described();
		const page = (await app.inject({ url: "/docs" })).body;
		const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
		expect(new Set(ids).size).toBe(ids.length);
		const links = [...page.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id);
		expect(links.filter((link) => !ids.includes(link))).toEqual([]);
		const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
			Object.entries(methods)
				.filter(([method]) => path !== "/v1/forward-auth" || method === "get")
				.map(([, { operationId }]) => operationId),
		);
		expect(operations.filter((id) => !links.includes(id))).toEqual([]);
	});

	it("escapes every text", async () => {
		const { document } = await described();
		const text = "<img src=x onerror=alert(1)>";
		const evil = { description: text, type: "object", properties: { [text]: { type: "string", description: text } } };
		const operation = { operationId: "evil", summary: text, description: text, tags: [text], responses: {} };
		const page = fillPage("<!-- navigation --><!-- reference -->", {
			...document,
			paths: { "/evil": { post: { ...operation, requestBody: { content: { [text]: { schema: evil } } } } } },
		});
		expect(page).toContain("&lt;img");
		expect(page).not.toContain("<img");
		expect(page).not.toMatch(/<(script|style|img)| style=/);
	});

	it("shows examples of requests and responses that are what the schemas allow", async () => {
		const { document } = await described();
		const exampleOf = createExamples(document.components);
		const ajv = new Ajv2020({ strict: false, validateFormats: false });
		ajv.addSchema(document, "openapi");
		const wrong: string[] = [];
		for (const [path, methods] of Object.entries(document.paths)) {
			for (const [method, { parameters = [], requestBody, responses }] of Object.entries(methods)) {
				const accepted = Object.entries(responses).filter(([status]) => Number(status) < 400);
				const contents = [requestBody?.content ?? {}, ...accepted.map(([, { content = {} }]) => content)];
				const schemas = contents.flatMap((content) => Object.values(content).map(({ schema }) => schema ?? {}));
				for (const schema of schemas) {
					const validate = ajv.compile({ ...schema, components: document.components });
					if (!validate(exampleOf(schema))) wrong.push(`${method} ${path}: ${ajv.errorsText(validate.errors)}`);
				}
				for (const { name, in: where, schema, example } of parameters) {
					if (where === "path" && !ajv.validate(schema, example)) wrong.push(`${path}: ${name}`);
				}
			}
		}
		expect(wrong).toEqual([]);
	});

	it("has lines of curl that work for games, backends and OAuth clients, with their variables set", async () => {
		const { app, document, rin, ...server } = await described();
		const page = fillPage("<!-- reference -->", document);
		const key = await rin.createKey();
		const other = await rin.createKey();
		const variables = await variablesFor({ ...server, app }, rin, key.secret);
		const answers: Record<string, number> = {};
		for (const { operation, title, code } of examplesIn(page)) {
			if (title !== "curl" || !/-(v1|oauth|\.well)-|-(healthz|readyz|metrics|plugin)/.test(operation)) continue;
			const secret = operation === "post-oauth-revoke" ? other.secret : key.secret;
			const request = parseCurl(code, { ...variables, AUXVYN_KEY: secret });
			answers[operation] = (await app.inject({ ...request, remoteAddress: "127.0.0.1" })).statusCode;
		}
		expect(Object.keys(answers).length).toBeGreaterThan(8);
		expect(Object.entries(answers).filter(([, status]) => status !== 200)).toEqual([]);
		expect((await server.whoami(other.secret)).statusCode).toBe(401);
	});

	it("has lines of curl that sign a person up and in, keep the session, and create a key with it", async () => {
		const { app, document } = await described();
		const examples = examplesIn(fillPage("<!-- reference -->", document));
		const codeOf = (id: string) => examples.find(({ operation }) => operation === id)?.code ?? "";
		for (const id of ["post-api-auth-sign-up-email", "post-api-auth-sign-in-email"]) {
			const code = codeOf(id).replace("rin@", "mika@");
			expect(code).toContain('--cookie-jar "$AUXVYN_SESSION"');
			const { statusCode, cookies } = await app.inject(parseCurl(code, { AUXVYN_SESSION: "session.txt" }));
			expect([id, statusCode]).toEqual([id, 200]);
			const session = {
				AUXVYN_SESSION: cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; "),
			};
			const list = await app.inject(parseCurl(codeOf("get-api-workspaces"), session));
			const [workspace] = list.json<{ workspaces: { id: string }[] }>().workspaces;
			const create = codeOf("post-api-workspaces-workspaceId-keys").replace(/ws_\w+/, workspace?.id ?? "");
			expect((await app.inject(parseCurl(create, session))).statusCode).toBe(201);
		}
	});
});

async function variablesFor(server: Pick<TestServer, "pair" | "startPairing" | "app">, rin: Person, key: string) {
	const backend = await rin.request("POST", `/api/workspaces/${rin.workspaceId}/backends`, { name: "API" });
	const {
		backend: { id },
		secret,
	} = backend.json<{ backend: { id: string }; secret: string }>();
	const { device_code: deviceCode, user_code: userCode } = await server.startPairing();
	await rin.request("POST", `/api/pairings/${userCode}/approve`, { workspaceId: rin.workspaceId, label: "Studio" });
	return { AUXVYN_KEY: key, BACKEND_ID: id, BACKEND_SECRET: secret, DEVICE_CODE: deviceCode, METRICS_TOKEN: "none" };
}
