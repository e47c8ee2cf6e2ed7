import { describe, it } from "vitest";

import { ownCluster, startApp, startProxy } from "./fault-fixture.ts";
import type { PostgresProxy } from "./proxy.ts";

const postgres = ownCluster();

const FAULTS: Record<string, (proxy: PostgresProxy) => void> = {
	"is away": (proxy) => {
		proxy.refuse();
		proxy.cut();
	},
	"accepts connections and hangs": (proxy) => {
		proxy.hangs = true;
		proxy.cut();
	},
	"is behind a cut network": (proxy) => {
		proxy.hangs = true;
		proxy.freeze();
	},
	"loses what is connected, silently": (proxy) => proxy.freeze(),
};

describe.concurrent("while PostgreSQL", () => {
	it.for(Object.keys(FAULTS))(
		"%s, keys and changes get 503, and all is well once it is back",
		async (fault, context) => {
			const { expect } = context;
			const proxy = await startProxy(context, postgres.cluster.port);
			const server = await startApp(context, proxy.through(await postgres.createDatabase()));
			const rin = await server.signUp();
			const [cached, uncached] = [await rin.createKey("Cached"), await rin.createKey("Uncached")];
			expect((await server.whoami(cached.secret)).status).toBe(200);
			const keys = `/api/workspaces/${rin.workspaceId}/keys`;

			FAULTS[fault]?.(proxy);
			const answers = await Promise.all([
				server.whoami(cached.secret),
				server.whoami(uncached.secret),
				rin.request("POST", keys, { label: "Never" }),
				rin.request("DELETE", `${keys}/${cached.key.id}`),
				server.get("/readyz"),
			]);
			for (const answer of answers) {
				expect(answer.status, answer.url).toBe(503);
				expect(Number(answer.headers.get("retry-after")), answer.url).toBeGreaterThan(0);
			}
			expect((await server.get("/healthz")).status).toBe(200);

			await proxy.restore();
			await expect.poll(async () => (await server.get("/readyz")).status).toBe(200);
			for (const { secret } of [cached, uncached]) {
				await expect.poll(async () => (await server.whoami(secret)).status).toBe(200);
			}
			await expect.poll(async () => (await rin.request("GET", keys)).status).toBe(200);
			expect(await (await rin.request("GET", keys)).json()).toMatchObject({ keys: [{}, {}] });
			await expect.poll(async () => (await rin.request("DELETE", `${keys}/${cached.key.id}`)).status).toBe(204);
			expect((await server.whoami(cached.secret)).status).toBe(401);
		},
	);
});

it("a server to which nobody came replaces connections that were lost silently, before anybody comes", async (context) => {
	const { expect } = context;
	const proxy = await startProxy(context, postgres.cluster.port);
	const server = await startApp(context, proxy.through(await postgres.createDatabase()));
	const rin = await server.signUp();
	const { secret } = await rin.createKey("Game");
	const names = proxy.working.toSorted();
	proxy.freeze();
	await expect.poll(() => proxy.working.toSorted()).toEqual(names);
	expect((await server.whoami(secret)).status).toBe(200);
	expect((await rin.createKey("Another")).key.label).toBe("Another");
	expect((await rin.request("GET", `/api/workspaces/${rin.workspaceId}/keys`)).status).toBe(200);
});
