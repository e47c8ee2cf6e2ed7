import { expect, it, onTestFinished, vi } from "vitest";

import { proxyLines } from "../../../server/dashboard/settings/proxies/index.ts";
import { signUpAt } from "../person.ts";
import { startServer } from "../server-process.ts";
import { tempDir } from "../temp-dir.ts";
import { startProxy } from "./start-proxy.ts";
import { ask } from "./suite/behind.ts";
import { startEchoApi } from "./suite/echo-api.ts";
import { blocksOf, configured, readPage } from "./suite/page.ts";

it.each(["nginx", "caddy", "traefik", "haproxy", "envoy"] as const)(
	"the dashboard shows for %s what its page says",
	async (name) => {
		const lines = proxyLines(name, { origin: "https://keys.example.com", workspaceId: "ws_…" });
		expect(blocksOf(await readPage(name))[0]).toBe(lines);
	},
);

it("without https the dashboard's lines let in only the workspace's keys, too", async () => {
	const server = await startServer({ DATA_DIR: await tempDir() });
	onTestFinished(() => server.stop().then(() => undefined));
	const [rin, stranger] = [await signUpAt(server.url, "Rin"), await signUpAt(server.url, "Stranger")];
	const [own, foreign] = [await rin.createKey("Own"), await stranger.createKey("Foreign")];
	const api = await startEchoApi();
	onTestFinished(() => api.close());
	const { workspaceId } = rin;

	const askThrough = async (name: "nginx" | "caddy" | "traefik" | "haproxy") => {
		const lines = proxyLines(name, { origin: server.url, workspaceId });
		const here = { auxvynPort: server.port, apiPort: api.port, workspaceId };
		const { port, stop } = await startProxy(name, (at) => configured(name, { ...at, ...here }, lines));
		onTestFinished(stop);
		const statusOf = async (secret: string) => (await ask({ port, api }, secret)).status;
		await vi.waitUntil(async () => (await statusOf("nonsense")) === 401, { timeout: 15_000 });
		return [await statusOf(own.secret), await statusOf(foreign.secret)];
	};
	const names = ["nginx", "caddy", "traefik", "haproxy"] as const;
	expect(await Promise.all(names.map(askThrough))).toEqual(names.map(() => [200, 403]));
});
