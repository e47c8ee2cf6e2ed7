import { describe, expect, it } from "vitest";

import { build } from "../helper.ts";
import { openConnection } from "../raw-connection.ts";
import { listen } from "./infrastructure.ts";

/** The headers of a request that has no body. */
const NOTHING: [what: string, headers: string[], body?: string][] = [
	["no header about it", []],
	["a JSON content type", ["Content-Type: application/json"]],
	["a JSON content type and its charset", ["Content-Type: application/json; charset=utf-8"]],
	["a JSON content type and no length", ["Content-Type: application/json", "Content-Length: 0"]],
	[
		"a JSON content type and an empty chunked body",
		["Content-Type: application/json", "Transfer-Encoding: chunked"],
		"0\r\n\r\n",
	],
	["a form's content type", ["Content-Type: application/x-www-form-urlencoded"]],
	["an unknown content type", ["Content-Type: text/plain", "Content-Length: 0"]],
	["an invalid content type", ["Content-Type: nonsense"]],
	["an empty content type", ["Content-Type:"]],
];

describe("a request without a body", () => {
	it.each(NOTHING)("deletes a key with %s", async (_what, headers, body = "") => {
		const server = await build();
		const rin = await server.signUp();
		const { id } = await rin.createKey();
		const connection = await openConnection(await listen(server.app));
		const line = `DELETE /api/workspaces/${rin.workspaceId}/keys/${id} HTTP/1.1`;
		const own = ["Host: a", "Origin: http://localhost:8787", `Cookie: ${rin.cookie}`];
		connection.send([line, ...own, ...headers, "", body].join("\r\n"));
		expect((await connection.response()).status).toBe(204);
		connection.socket.destroy();
	});

	it("is still refused by a route that needs one, whatever its content type", async () => {
		const server = await build();
		const rin = await server.signUp();
		const url = `/api/workspaces/${rin.workspaceId}/keys`;
		for (const type of [undefined, "application/json", "text/plain"]) {
			const headers = { origin: "http://localhost:8787", cookie: rin.cookie, ...(type && { "content-type": type }) };
			const answer = await server.app.inject({ method: "POST", url, headers });
			expect([type, answer.statusCode]).toEqual([type, 400]);
			expect(answer.json()).toMatchObject({ code: "invalid_request" });
		}
	});

	it("does not excuse a body of another type", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { id } = await rin.createKey();
		const url = `/api/workspaces/${rin.workspaceId}/keys/${id}`;
		const headers = { origin: "http://localhost:8787", cookie: rin.cookie, "content-type": "text/plain" };
		const answer = await server.app.inject({ method: "DELETE", url, headers, payload: "x" });
		expect(answer.statusCode).toBe(415);
	});
});
