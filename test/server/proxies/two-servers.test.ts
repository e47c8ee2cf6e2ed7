import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { expect, it, onTestFinished } from "vitest";

import { REPOSITORY } from "../../../plugin/build/repository.ts";
import { startProxy } from "./start-proxy.ts";

interface Upstream {
	port: number;
	/** What `/readyz` answers. */
	status: number;
	/** How often it was asked. */
	asked: number;
	server: Server;
}

/** A server that answers with its name. */
async function upstream(name: string): Promise<Upstream> {
	const server = createServer((request, response) => {
		const isQuestion = request.url === "/readyz";
		if (isQuestion) self.asked += 1;
		response.writeHead(isQuestion ? self.status : 200).end(name);
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	const self = { port: (server.address() as AddressInfo).port, status: 200, asked: 0, server };
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
				.replaceAll("{$AUXVYN}", `127.0.0.1:${one.port} 127.0.0.1:${other.port}`)
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
	for (const each of [one, other]) {
		const before = each.asked;
		// After the second question, Caddy has heeded the answer to the first.
		await expect.poll(() => each.asked).toBeGreaterThan(before + 1);
	}
	expect((await served()).length).toBeGreaterThan(0);
	one.status = other.status = 200;
	await expect.poll(() => served()).toEqual(["one", "other"]);
	other.server.closeAllConnections();
	other.server.close();
	// A POST could be on its way to it on a connection that was kept.
	expect(await served("GET")).toEqual(["one"]);
});
