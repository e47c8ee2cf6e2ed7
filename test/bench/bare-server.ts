import { createServer } from "node:http";

import Fastify from "fastify";

import { WhoamiSchema } from "../../server/keys/authenticate/whoami.schema.ts";

/**
 * The minimum that any server spends: one that sends the same bytes as `whoami` without a look-up, as a route of Fastify,
 * or with KIND=http by Node alone. ANSWER: the body.
 */
const answer = process.env["ANSWER"] ?? "{}";
const headers = { "cache-control": "no-store", "x-content-type-options": "nosniff" };
const port = Number(process.env["PORT"]);

if (process.env["KIND"] === "http") {
	const all = {
		...headers,
		"content-type": "application/json; charset=utf-8",
		"content-length": Buffer.byteLength(answer),
	};
	const server = createServer((_request, response) => response.writeHead(200, all).end(answer));
	server.listen(port, "127.0.0.1", () => console.log("ready"));
} else {
	const app = Fastify({ logger: false });
	const whoami = JSON.parse(answer) as object;
	app.get("/v1/whoami", { schema: { response: { 200: WhoamiSchema } } }, (_request, reply) => {
		void reply.headers(headers).send(whoami);
	});
	await app.listen({ port, host: "127.0.0.1" });
	console.log("ready");
}
