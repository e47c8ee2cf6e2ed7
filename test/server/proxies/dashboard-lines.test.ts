import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { expect, it, onTestFinished } from "vitest";

import { proxyLines } from "../../../server/dashboard/settings/proxy-lines.ts";
import { signUpAt } from "../person.ts";
import { startServer } from "../server-process.ts";
import { tempDir } from "../temp-dir.ts";
import { siteOf } from "./site.ts";
import { startProxy } from "./start-proxy.ts";

/** An API that answers with what the proxy told it. Resolves to its address. */
async function startApi(): Promise<string> {
	const api = createServer(({ headers, method }, response) => {
		const told = [method, headers["x-auxvyn-workspace-id"], headers["x-auxvyn-key-id"]];
		response.end(JSON.stringify(told));
	});
	await once(api.listen(0, "127.0.0.1"), "listening");
	onTestFinished(() => void api.close());
	return `127.0.0.1:${(api.address() as AddressInfo).port}`;
}

it.each(["nginx", "caddy"] as const)(
	"%s with the lines of the dashboard lets in only the workspace's keys",
	async (name) => {
		const server = await startServer({ DATA_DIR: await tempDir() });
		onTestFinished(() => server.stop().then(() => undefined));
		const [rin, stranger] = [await signUpAt(server.url, "Rin"), await signUpAt(server.url, "Stranger")];
		const [own, foreign] = [await rin.createKey("Own"), await stranger.createKey("Foreign")];
		const lines = proxyLines(name, { origin: server.url, workspaceId: rin.workspaceId });
		const api = await startApi();
		const proxy = await startProxy(name, (at) => siteOf(name, at, lines.replace("127.0.0.1:3000", api)));
		onTestFinished(proxy.stop);

		const forged = { "x-auxvyn-workspace-id": rin.workspaceId, "x-auxvyn-key-id": own.key.id };
		const ask = async (secret: string | undefined, method = "GET", headers: Record<string, string> = forged) => {
			const answer = await fetch(`http://127.0.0.1:${proxy.port}/scores?workspace=any&x=1`, {
				method,
				headers: { ...headers, ...(secret !== undefined && { "x-api-key": secret }) },
				...(method === "POST" && { body: "a body of the game" }),
			});
			return { status: answer.status, text: await answer.text() };
		};
		const told = (method: string) => JSON.stringify([method, rin.workspaceId, own.key.id]);
		const wrong = { "x-auxvyn-workspace-id": "ws_wrong", "x-auxvyn-key-id": "key_wrong" };
		for (let time = 0; time < 3; time++) {
			expect(await ask(own.secret, "GET", wrong)).toEqual({ status: 200, text: told("GET") });
			expect(await ask(own.secret, "POST")).toEqual({ status: 200, text: told("POST") });
			expect((await ask(foreign.secret, "POST")).status).toBe(403);
			expect((await ask(undefined, "POST")).status).toBe(401);
			expect((await ask("nonsense")).status).toBe(401);
		}
		await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${own.key.id}`);
		expect((await ask(own.secret)).status).toBe(401);
	},
);
