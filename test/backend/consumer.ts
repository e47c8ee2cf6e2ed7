/** Programs in strict TypeScript that use the package. */
export const CORRECT = {
	"fastify.ts": `
import { createServer } from "node:http";
import Fastify from "fastify";
import { type ApiKey, requireApiKey } from "auxvyn/backend/fastify";
import { options } from "./options.js";

const app = Fastify({ logger: true });
app.addHook("onRequest", requireApiKey(options));
app.get("/one", { onRequest: requireApiKey({ ...options, cacheSeconds: 5 }) }, (request) => {
	const { id, label, workspace }: ApiKey = request.apiKey;
	const all: string[] = [id, label, workspace.id, workspace.name];
	return all;
});
app.get<{ Querystring: { a: string } }>("/two", { onRequest: [requireApiKey(options)] }, async (request) => request.query.a + request.apiKey.id);
Fastify({ http2: true }).addHook("onRequest", requireApiKey(options));
Fastify({ serverFactory: (handler) => createServer(handler) }).addHook("preHandler", requireApiKey(options));
`,
	"express.ts": `
import express, { Router } from "express";
import { requireApiKey } from "auxvyn/backend/express";
import { options } from "./options.js";

const app = express();
app.use(requireApiKey(options));
app.use("/scores", Router().use(requireApiKey(options)));
app.get("/one/:two", requireApiKey(options), (request, response) => {
	const id: string = request.apiKey.workspace.id + request.params.two;
	response.json({ id });
});
`,
	"either.ts": `
import Fastify from "fastify";
import express from "express";
import { requireApiKey } from "auxvyn/backend";
import { options } from "./options.js";

Fastify().addHook("onRequest", requireApiKey(options));
express().use(requireApiKey(options));
`,
	"plain.ts": `
import { createServer } from "node:http";
import { type Authenticator, createAuthenticator, IntrospectionError, type Refusal, type Verdict } from "auxvyn/backend";
import { options } from "./options.js";

const authenticate: Authenticator = createAuthenticator(options);
export async function handle(request: Request): Promise<Response> {
	const verdict: Verdict = await authenticate(request.headers);
	return verdict.accepted ? Response.json(verdict.apiKey) : new Response(verdict.refusal.body, verdict.refusal);
}
createServer(async (request, response) => {
	const verdicts = [await authenticate(request.headers), await authenticate(request.rawHeaders)];
	const [first] = verdicts;
	if (first === undefined || first.accepted) return;
	const { status, headers, body }: Refusal = first.refusal;
	response.writeHead(status, headers).end(body);
});
export const isWrongSecret = (error: unknown) => error instanceof IntrospectionError && error.code === "client_refused";
`,
	"options.ts": `
import type { BackendOptions } from "auxvyn/backend";

export const options: BackendOptions = {
	server: process.env["AUXVYN_SERVER"],
	workspace: ["ws_1", "ws_2"],
	client: { id: "bk_1", secret: process.env["AUXVYN_CLIENT_SECRET"] },
	timeoutSeconds: 1,
	onError: ({ code, message }) => console.error(code === "timeout", message),
};
`,
};

/** Each of these lines is a mistake. */
export const WRONG = {
	head: [
		'import Fastify from "fastify";',
		'import { createAuthenticator } from "auxvyn/backend";',
		'import { requireApiKey } from "auxvyn/backend/fastify";',
		'const client = { id: "bk_1", secret: "bks_1" };',
		'const all = { server: "https://keys.example.com", workspace: "ws_1", client };',
		"const verdict = await createAuthenticator(all)({});",
	],
	lines: [
		'requireApiKey({ server: "https://keys.example.com", client });',
		'requireApiKey({ ...all, cacheSeconds: "5" });',
		"requireApiKey({ ...all, retries: 3 });",
		"verdict.apiKey.id;",
		'Fastify().get("/", (request) => request.apiKey.secret);',
		'import "auxvyn/dist/backend/index.js";',
	],
};
