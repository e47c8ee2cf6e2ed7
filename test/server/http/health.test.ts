import { describe, expect, it } from "vitest";

import { infrastructure, listen } from "./infrastructure.ts";

const TOKEN = "a-long-token-for-prometheus";
const ELSEWHERE = { remoteAddress: "203.0.113.7" };

describe("health", () => {
	it("reports that the process is up and ready", async () => {
		const { app } = await infrastructure();
		expect((await app.inject("/healthz")).json()).toEqual({ status: "ok" });
		const ready = { status: "ready", clock: { leadSeconds: 0 }, disk: { low: false } };
		expect((await app.inject("/readyz")).json()).toEqual(ready);
	});

	it("reports a proxy that is not trusted, and says so in the log once", async () => {
		const forwarded = { url: "/healthz", headers: { "x-forwarded-for": "203.0.113.7" } };
		const clients = [
			{ remoteAddress: "127.0.0.1", isReported: true },
			{ remoteAddress: "::ffff:172.18.0.1", isReported: true },
			{ remoteAddress: "fd00::1", isReported: true },
			// A client that claims to be a proxy.
			{ ...ELSEWHERE, isReported: false },
			{ remoteAddress: "127.0.0.1", isReported: false, env: { TRUSTED_PROXIES: "127.0.0.0/8" } },
		];
		for (const { remoteAddress, isReported, env } of clients) {
			const { app, logs } = await infrastructure(() => {}, env);
			for (let request = 0; request < 2; request++) await app.inject({ ...forwarded, remoteAddress });
			const lines = logs.filter((line) => line.includes("TRUSTED_PROXIES"));
			expect(lines, remoteAddress).toHaveLength(isReported ? 1 : 0);
			const detail = expect.stringContaining("TRUSTED_PROXIES") as string;
			const ready = {
				status: "ready",
				clock: { leadSeconds: 0 },
				disk: { low: false },
				...(isReported && { proxy: { trusted: false, detail } }),
			};
			expect((await app.inject("/readyz")).json(), remoteAddress).toEqual(ready);
		}
	});

	it("says as whom it sees a client that asks for that", async () => {
		const seen = async (TRUSTED_PROXIES: string, headers: Record<string, string>) => {
			const { app } = await infrastructure(() => {}, { TRUSTED_PROXIES });
			const answer = await app.inject({ url: "/readyz?client", headers, remoteAddress: "127.0.0.1" });
			return answer.json<{ client: unknown }>().client;
		};
		const forwarded = { "x-forwarded-for": "192.0.2.1, 203.0.113.7" };
		expect(await seen("127.0.0.1", forwarded)).toEqual({ address: "203.0.113.7", forwarded: true });
		expect(await seen("127.0.0.1", {})).toEqual({ address: "127.0.0.1", forwarded: false });
		expect(await seen("", forwarded)).toEqual({ address: "127.0.0.1", forwarded: false });
	});

	it("does not take npm run doctor, which lies about its address, for a proxy", async () => {
		const { app, logs } = await infrastructure();
		const ask = (forwardedFor: string) =>
			app.inject({ url: "/readyz?client", headers: { "x-forwarded-for": forwardedFor }, remoteAddress: "127.0.0.1" });
		expect((await ask("192.0.2.1")).json()).not.toHaveProperty("proxy");
		expect(logs.join("")).not.toContain("A reverse proxy forwards");
		expect((await ask("192.0.2.1, 203.0.113.7")).json()).toMatchObject({ proxy: { trusted: false } });
	});

	it("is not ready while the server shuts down", async () => {
		let during: number | undefined;
		let url = "";
		const { app } = await infrastructure((app) => {
			app.addHook("preClose", async () => {
				during = (await fetch(url)).status;
			});
		});
		url = `http://127.0.0.1:${await listen(app)}/readyz`;
		await app.close();
		expect(during).toBe(503);
	});
});

describe("metrics", () => {
	it("count responses by route, in Prometheus's format", async () => {
		const { app } = await infrastructure((app) => app.metrics.describe("things_total", "Things."));
		await app.inject("/healthz");
		await app.inject({ method: "HEAD", url: "/healthz" });
		app.metrics.count("things_total", { kind: 'a "b"\\' });
		const { headers, body } = await app.inject("/metrics");
		expect(headers["content-type"]).toContain("text/plain; version=0.0.4");
		expect(body).toContain('auxvyn_http_answers_total{method="GET",route="/healthz",status="200"} 1\n');
		expect(body).toContain('auxvyn_http_answers_total{method="HEAD",route="/healthz",status="200"} 1\n');
		expect(body).toContain("# HELP auxvyn_things_total Things.\n# TYPE auxvyn_things_total counter\n");
		expect(body).toContain('auxvyn_things_total{kind="a \\"b\\"\\\\"} 1\n');
	});

	it("are shown to this machine, but not through a local proxy or under a foreign host name", async () => {
		const { app } = await infrastructure();
		const status = async (headers: Record<string, string>, remoteAddress = "127.0.0.1") =>
			(await app.inject({ url: "/metrics", headers: { host: "localhost:8787", ...headers }, remoteAddress }))
				.statusCode;
		expect(await status({})).toBe(200);
		expect(await status({}, "::1")).toBe(200);
		expect(await status({}, "::ffff:127.0.0.1")).toBe(200);
		expect(await status({ "x-forwarded-for": "127.0.0.1" })).toBe(404);
		expect(await status({ host: "rebound.example:8787" })).toBe(404);
		expect(await status({}, "203.0.113.7")).toBe(404);
		expect(await status({}, "::2")).toBe(404);
	});

	it("always need the token if PUBLIC_URL is public, because a proxy makes every client look local", async () => {
		const { app } = await infrastructure(() => {}, { PUBLIC_URL: "https://keys.example.com", METRICS_TOKEN: TOKEN });
		const get = (headers = {}) => app.inject({ url: "/metrics", headers: { host: "127.0.0.1:8787", ...headers } });
		expect((await get()).statusCode).toBe(401);
		expect((await get({ authorization: `Bearer ${TOKEN}` })).statusCode).toBe(200);
	});

	it("are shown to other machines with the token", async () => {
		const { app } = await infrastructure(() => {}, { METRICS_TOKEN: TOKEN });
		const get = (headers: Record<string, string>) => app.inject({ url: "/metrics", headers, ...ELSEWHERE });
		expect((await get({ authorization: `Bearer ${TOKEN}` })).statusCode).toBe(200);
		const refused = await get({ authorization: "Bearer wrong" });
		expect([refused.statusCode, refused.headers["www-authenticate"]]).toEqual([401, 'Bearer realm="auxvyn metrics"']);
		expect((await get({})).statusCode).toBe(401);
	});
});
