import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { expect, it, onTestFinished } from "vitest";

import { REPOSITORY } from "../../../plugin/build/repository.ts";
import { startProxy } from "./start-proxy.ts";

interface Upstream {
	name: string;
	port: number;
	/** What `/readyz` answers. */
	status: number;
	server: Server;
}

/** A server that answers with its name. */
async function upstream(name: string): Promise<Upstream> {
	const server = createServer((request, response) => {
		response.writeHead(request.url === "/readyz" ? self.status : 200).end(self.name);
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	const self = { name, port: (server.address() as AddressInfo).port, status: 200, server };
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	return self;
}

it("docs/deploy/Caddyfile.postgres spares a server that is not ready, and one that is gone, without an error", async () => {
	const [one, other] = [await upstream("one"), await upstream("other")];
	const file = await readFile(join(REPOSITORY, "docs/deploy/Caddyfile.postgres"), "utf8");
	const caddy = await startProxy(
		"caddy",
		({ port }) =>
			`{\n\tadmin off\n}\n${file
				.replace("{$PUBLIC_URL}", `http://127.0.0.1:${port}`)
				.replace("{$AUXVYN}", `127.0.0.1:${one.port} 127.0.0.1:${other.port}`)
				.replace("health_interval 2s", "health_interval 50ms")}`,
	);
	onTestFinished(() => caddy.stop());
	const served = async (method = "POST"): Promise<string[]> => {
		const answers = await Promise.all(
			Array.from({ length: 20 }, () => fetch(`http://127.0.0.1:${caddy.port}/v1/whoami`, { method })),
		);
		expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
		return [...new Set(await Promise.all(answers.map((answer) => answer.text())))].toSorted();
	};
	await expect.poll(() => served()).toEqual(["one", "other"]);
	one.status = 503;
	await expect.poll(() => served()).toEqual(["other"]);
	one.status = 200;
	await expect.poll(() => served()).toEqual(["one", "other"]);
	// Both without the database: they answer for themselves, as games and pages know it.
	one.status = other.status = 503;
	one.name = other.name = "both";
	await expect.poll(() => served()).toEqual(["both"]);
	await expect.poll(async () => (await fetch(`http://127.0.0.1:${caddy.port}/readyz`)).status).toBe(503);
	expect(await served()).toEqual(["both"]);
	[one.status, one.name, other.status, other.name] = [200, "one", 200, "other"];
	await expect.poll(() => served()).toEqual(["one", "other"]);
	other.server.closeAllConnections();
	other.server.close();
	// A POST could be on its way to it on a connection that was kept.
	expect(await served("GET")).toEqual(["one"]);
});
