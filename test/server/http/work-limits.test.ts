import { promisify } from "node:util";

import type { FastifyInstance } from "fastify";
import { describe, expect, it, onTestFinished, vi } from "vitest";

import { becomesStream, limitWork } from "../../../server/http/work-limits.ts";
import type { Problem } from "../../../shared/wire.ts";
import { openConnection } from "../raw-connection.ts";
import { infrastructure, listen } from "./infrastructure.ts";

interface Scene {
	app: FastifyInstance;
	/** Asks as an account, from an address. Resolves with the status. */
	ask(account: string, options?: { from?: string; url?: string }): Promise<number>;
	/** Whose requests wait or are worked on, in order of arrival. */
	arrived: string[];
	/** Whose requests are worked on, in the order in which they began. */
	begun: string[];
	/** Finishes the oldest request that is worked on. */
	finish(): void;
	finishAll(): Promise<void>;
}

/** Routes whose work takes until the test finishes it. */
async function scene(env: Record<string, string> = {}): Promise<Scene> {
	const arrived: string[] = [];
	const begun: string[] = [];
	const working: (() => void)[] = [];
	const { app } = await infrastructure(
		(app) => {
			limitWork(app, {
				accountIdOf: async (request) => {
					const account = request.headers["x-account"]?.toString();
					arrived.push(account ?? "");
					return account;
				},
			});
			const work = (account: unknown): Promise<object> =>
				new Promise((resolve) => {
					begun.push(String(account));
					working.push(() => resolve({ length: "x".repeat(100) }));
				});
			app.get("/api/thing", (request) => work(request.headers["x-account"]));
			app.post("/api/thing", (request) => work(request.headers["x-account"]));
			app.delete("/api/thing", { config: { alwaysHasRoom: true } }, async () => ({ deleted: true }));
			app.get("/api/stream", (request, reply) => {
				becomesStream(request);
				reply.hijack();
				reply.raw.writeHead(200).write("open");
			});
		},
		{ TRUSTED_PROXIES: "127.0.0.1", ...env },
	);
	const finish = (): void => working.shift()?.();
	return {
		app,
		arrived,
		begun,
		finish,
		async ask(account, { from = "203.0.113.1", url = "/api/thing" } = {}) {
			const headers = { "x-account": account, "x-forwarded-for": from };
			return (await app.inject({ url, headers })).statusCode;
		},
		async finishAll() {
			while (working.length > 0) {
				finish();
				await new Promise(setImmediate);
			}
		},
	};
}

/** More than the operating system takes before the client reads. */
const LONG = Buffer.alloc(8_000_000, "x");
const SOON = { interval: 5, timeout: 20_000 };

const times = <T>(count: number, action: (index: number) => T): T[] =>
	Array.from({ length: count }, (_, i) => action(i));
const count = (statuses: number[], status: number): number => statuses.filter((each) => each === status).length;

describe("the work of one account", () => {
	it.each(["1", "0"])(
		"is on four requests at once, sixty wait, and the others get 429, with limits × %s",
		async (scale) => {
			const { ask, begun, finishAll } = await scene({ RATE_LIMIT_SCALE: scale });
			const refused: number[] = [];
			const answers = times(70, async (index) => {
				const status = await ask("rin", { from: `203.0.113.${index % 7}` });
				if (status !== 200) refused.push(status);
				return status;
			});
			await expect.poll(() => [begun.length, ...refused]).toEqual([4, ...times(6, () => 429)]);
			await finishAll();
			const statuses = await Promise.all(answers);
			expect([count(statuses, 200), count(statuses, 429)]).toEqual([64, 6]);
			const again = ask("rin");
			await expect.poll(() => begun.length).toBe(65);
			await finishAll();
			expect(await again).toBe(200);
		},
	);

	it("is refused with a time to wait", async () => {
		const { app, begun, finishAll } = await scene();
		const answers = times(65, () => app.inject({ url: "/api/thing", headers: { "x-account": "rin" } }));
		const refused = await Promise.race(answers);
		expect(refused.statusCode).toBe(429);
		expect(refused.headers["retry-after"]).toBe("1");
		expect(refused.json<Problem>()).toMatchObject({ code: "too_many_requests" });
		await expect.poll(() => begun.length).toBe(4);
		await finishAll();
		await Promise.all(answers);
	});

	it("does not hold up another account at the same address, however much waits", async () => {
		const { ask, arrived, begun, finish, finishAll } = await scene();
		const answers = times(5, (account) => times(64, () => ask(`rin${account}`))).flat();
		await expect.poll(() => begun.length).toBe(16);
		answers.push(ask("jo"));
		await expect.poll(() => arrived).toContain("jo");
		// Those that wait take turns by account.
		for (let finished = 0; finished < 3; finished++) {
			finish();
			await new Promise(setImmediate);
			await new Promise(setImmediate);
		}
		expect(begun).toContain("jo");
		await finishAll();
		await Promise.all(answers);
	});

	it("does not hold up another network, from however many addresses of one it comes", async () => {
		const { ask, begun, finishAll } = await scene();
		const answers = times(60, (index) => ask(`rin${index}`, { from: `2001:db8:0:${index.toString(16)}::1` }));
		await expect.poll(() => begun.length).toBe(32);
		answers.push(ask("jo", { from: "2001:db8:1::1" }));
		await expect.poll(() => begun).toContain("jo");
		expect(begun).toHaveLength(33);
		await finishAll();
		const waiting = Promise.all(answers);
		await expect.poll(async () => (await finishAll(), begun.length)).toBe(61);
		await finishAll();
		expect(count(await waiting, 200)).toBe(61);
	});

	it("leaves room in its address for the next account, also where it has many", async () => {
		const { ask, arrived, begun, finishAll } = await scene();
		const answers = times(20, (account) => times(64, () => ask(`rin${account}`))).flat();
		await expect.poll(() => begun.length).toBe(16);
		const jo = times(4, () => ask("jo"));
		await expect.poll(() => arrived.filter((account) => account === "jo").length).toBe(4);
		const waiting = Promise.all([...answers, ...jo]);
		await expect
			.poll(async () => {
				await finishAll();
				return Promise.race([waiting.then(() => "all"), new Promise(setImmediate).then(() => "some")]);
			})
			.toBe("all");
		expect(await Promise.all(jo)).toEqual([200, 200, 200, 200]);
		const statuses = await Promise.all(answers);
		expect(count(statuses, 200)).toBeLessThan(512 + 20 * 8);
		expect(count(statuses, 429)).toBe(20 * 64 - count(statuses, 200));
	});

	it("does not hold up revoking, denying and signing out", async () => {
		const { app, ask, begun, finishAll } = await scene();
		const answers = times(70, () => ask("rin"));
		await expect.poll(() => begun.length).toBe(4);
		const revoked = await app.inject({ method: "DELETE", url: "/api/thing", headers: { "x-account": "rin" } });
		expect(revoked.statusCode).toBe(200);
		await finishAll();
		await Promise.all(answers);
	});
});

describe("work in flight", () => {
	const request = (head: string) => `${head} HTTP/1.1\r\nHost: localhost\r\nX-Account: rin\r\n`;

	it("no longer counts where the connection was aborted", async () => {
		const { app, begun, finishAll } = await scene();
		const port = await listen(app);
		const connections = await Promise.all(times(64, () => openConnection(port)));
		for (const connection of connections) connection.send(`${request("GET /api/thing")}\r\n`);
		await expect.poll(() => begun.length).toBe(4);
		const last = await openConnection(port);
		const ask = async (): Promise<number> => {
			last.send(`${request("GET /api/thing")}\r\n`);
			return (await last.response()).status;
		};
		expect(await ask()).toBe(429);
		for (const connection of connections) connection.socket.destroy();
		const open = promisify(app.server.getConnections.bind(app.server));
		await vi.waitFor(async () => expect(await open()).toBe(1), SOON);
		await finishAll();
		// Those that waited never began.
		expect(begun.length).toBe(4);
		let status: number | undefined;
		await expect
			.poll(() => {
				void ask().then((found) => (status = found));
				return finishAll().then(() => status);
			})
			.toBe(200);
		last.socket.destroy();
	});

	it("does not begin before the body has arrived", async () => {
		const { app, ask, begun, finishAll } = await scene();
		let arrived = 0;
		app.addHook("onRequest", async () => void (arrived += 1));
		const port = await listen(app);
		const slow = await Promise.all(times(70, () => openConnection(port)));
		for (const connection of slow) {
			connection.send(`${request("POST /api/thing")}Content-Type: application/json\r\nContent-Length: 20\r\n\r\n{`);
		}
		await vi.waitFor(() => expect(arrived).toBe(70), SOON);
		const answer = ask("rin");
		await expect.poll(() => begun).toEqual(["rin"]);
		await finishAll();
		expect(await answer).toBe(200);
		for (const connection of slow) connection.socket.destroy();
	});

	it("does not include streams", async () => {
		const { app, ask, begun, finishAll } = await scene();
		const port = await listen(app);
		const streams = await Promise.all(times(64, () => openConnection(port)));
		for (const stream of streams) {
			stream.send(`${request("GET /api/stream")}\r\n`);
			await stream.response();
		}
		const answer = ask("rin");
		await expect.poll(() => begun).toEqual(["rin"]);
		await finishAll();
		expect(await answer).toBe(200);
		for (const stream of streams) stream.socket.destroy();
	});

	it("sends at most eight long responses to one address at once, and waits for no slow reader longer than five seconds", async () => {
		let sent = 0;
		const { app } = await infrastructure((app) => {
			app.get("/long", { config: { isLong: true } }, async () => {
				sent += 1;
				return LONG;
			});
		});
		const port = await listen(app);
		vi.useFakeTimers({ toFake: ["setTimeout"] });
		onTestFinished(() => void vi.useRealTimers());
		const slow = await Promise.all(times(10, () => openConnection(port)));
		// Before the server closes, which would wait for them.
		onTestFinished(() => slow.forEach(({ socket }) => void socket.destroy()));
		for (const { socket } of slow) socket.pause();
		for (const connection of slow) connection.send(`${request("GET /long")}\r\n`);
		await vi.waitFor(() => expect(sent).toBe(8), SOON);
		expect((await app.inject("/healthz")).statusCode).toBe(200);
		expect(sent).toBe(8);
		slow[0]?.socket.destroy();
		await vi.waitFor(() => expect(sent).toBe(9), SOON);
		vi.advanceTimersByTime(5_000);
		await vi.waitFor(() => expect(sent).toBe(10), SOON);
		for (const { socket } of slow) socket.destroy();
	});

	it("includes what was answered, until the client has taken it", async () => {
		const { app, ask, finishAll, begun } = await scene();
		app.addHook("onSend", async () => LONG);
		const port = await listen(app);
		const slow = await Promise.all(times(64, () => openConnection(port)));
		for (const { socket } of slow) socket.pause();
		for (const connection of slow) connection.send(`${request("GET /api/thing")}\r\n`);
		await expect
			.poll(async () => {
				await finishAll();
				return begun.length;
			})
			.toBe(64);
		expect(await ask("rin")).toBe(429);
		for (const { socket } of slow) socket.destroy();
		await expect
			.poll(() =>
				Promise.race([
					ask("rin"),
					finishAll()
						.then(finishAll)
						.then(() => 0),
				]),
			)
			.not.toBe(429);
		await finishAll();
	});
});
