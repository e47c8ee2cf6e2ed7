import { describe, expect, it } from "vitest";

import { ProblemError } from "../../../server/errors/problem-error.ts";
import { StorageError } from "../../../server/errors/storage-error.ts";
import { infrastructure } from "./infrastructure.ts";

interface Line {
	msg: string;
	code: string;
	count: number;
	address?: string;
	route?: string;
	req?: { address: string; route: string };
	err?: { stack: string };
}

async function refusing() {
	const server = await infrastructure((app) => {
		app.get("/v1/refused", async () => {
			throw new ProblemError(401, "unknown_key", "No such key.");
		});
		app.get("/v1/missing", async () => {
			throw new ProblemError(401, "missing_key", "No key.");
		});
		app.get("/busy", async () => {
			throw new StorageError("busy", "The database is busy.");
		});
		app.get("/broken", async () => {
			throw new TypeError("a bug");
		});
		app.get("/broken-too", async () => {
			throw new TypeError("another bug");
		});
	});
	const { app, clock, logs } = server;
	return {
		...server,
		lines: () => logs.map((line) => JSON.parse(line) as Line),
		get: async (url: string, { from = "203.0.113.7", times = 1 } = {}) => {
			for (let request = 0; request < times; request++) await app.inject({ url, remoteAddress: from });
		},
		minutes: (count: number) => clock.advance(count * 60),
	};
}

describe("refusals", () => {
	it("are logged at the first, and then once a minute per address and code, with their count", async () => {
		const { get, lines, minutes } = await refusing();
		await get("/v1/refused", { times: 500 });
		expect(lines()).toMatchObject([{ msg: "request refused", code: "unknown_key", count: 1 }]);
		minutes(1);
		await get("/v1/refused", { times: 500 });
		expect(lines().slice(1)).toMatchObject([{ address: "203.0.113.7", code: "unknown_key", status: 401, count: 499 }]);
		minutes(1);
		await get("/v1/refused");
		expect(lines().slice(2)).toMatchObject([{ address: "203.0.113.7", code: "unknown_key", count: 500 }]);
	});

	it("are logged at once again after a quiet minute", async () => {
		const { get, lines, minutes } = await refusing();
		await get("/v1/refused");
		minutes(1);
		await get("/v1/refused");
		expect(lines().map(({ count, req }) => [count, req?.route])).toEqual([
			[1, "/v1/refused"],
			[1, "/v1/refused"],
		]);
	});

	it("of another code, or from another address, have their own lines", async () => {
		const { get, lines } = await refusing();
		await get("/v1/refused", { times: 3 });
		await get("/v1/missing", { times: 3 });
		await get("/v1/refused", { from: "203.0.113.8", times: 3 });
		await get("/v1/refused", { from: "2001:db8::1", times: 3 });
		await get("/v1/refused", { from: "2001:db8::2", times: 3 });
		expect(lines().map(({ code, req }) => `${code} ${req?.address}`)).toEqual([
			"unknown_key 203.0.113.7",
			"missing_key 203.0.113.7",
			"unknown_key 203.0.113.8",
			"unknown_key 2001:db8::",
		]);
	});

	it("of one address are counted together, whichever routes and unknown pages it asks for", async () => {
		const { get, lines } = await refusing();
		for (let page = 0; page < 50; page++) await get(`/no-such-page-${page}`);
		expect(lines()).toMatchObject([{ code: "not_found", count: 1 }]);
	});

	it("that were counted are logged when the server stops", async () => {
		const { app, get, lines } = await refusing();
		await get("/v1/refused", { times: 5 });
		await app.close();
		expect(lines().map(({ count }) => count)).toEqual([1, 4]);
	});

	it("of more addresses than are kept are counted together", async () => {
		const { app, get, lines, minutes } = await refusing();
		for (let address = 0; address < 2_100; address++) {
			await get("/v1/refused", { from: `198.18.${address >> 8}.${address & 255}` });
		}
		// One of them stands for all others.
		expect(lines()).toHaveLength(2_001);
		minutes(1);
		await get("/v1/missing");
		expect(lines().slice(2_001)).toMatchObject([
			{ address: "others", code: "unknown_key", count: 99 },
			{ code: "missing_key", count: 1 },
		]);
		await app.close();
	});
});

describe("requests that cannot be served", () => {
	it.each([
		["a busy database", "/busy", "request could not be served", "busy"],
		["a bug", "/broken", "request failed", "a bug"],
	])("because of %s are logged like refusals, with the last cause", async (_what, url, msg, cause) => {
		const { get, lines, minutes } = await refusing();
		await get(url, { times: 100 });
		minutes(1);
		await get(url);
		expect(lines().map(({ count }) => count)).toEqual([1, 99]);
		for (const line of lines()) {
			expect(line.msg).toBe(msg);
			expect(line.err?.stack).toContain(cause);
		}
	});

	it("because of bugs in two routes have lines of their own", async () => {
		const { get, lines } = await refusing();
		await get("/broken", { times: 3 });
		await get("/broken-too", { times: 3 });
		expect(lines().map(({ err }) => err?.stack.split("\n")[0])).toEqual(["TypeError: a bug", "TypeError: another bug"]);
	});
});

describe("served changes", () => {
	it("are logged, but a client's many only once a minute with their count", async () => {
		const { app, clock, logs } = await infrastructure((each) => void each.post("/change", async () => ({})));
		const change = (remoteAddress: string) => app.inject({ method: "POST", url: "/change", remoteAddress });
		for (let time = 0; time < 100; time++) await change("203.0.113.7");
		await change("203.0.113.8");
		clock.advance(60);
		for (let time = 0; time < 2; time++) await change("203.0.113.7");
		await app.close();
		const lines = logs.map((line) => JSON.parse(line) as Line);
		const counted = lines.filter(({ msg }) => msg === "many requests served");
		expect(counted).toMatchObject([
			{ code: "served", count: 1 },
			{ code: "served", count: 39, address: "203.0.113.7" },
		]);
		const served = lines.filter(({ msg }) => msg === "request served");
		expect(served.map(({ req }) => req?.address)).toEqual([
			...Array.from({ length: 60 }, () => "203.0.113.7"),
			"203.0.113.8",
			"203.0.113.7",
			"203.0.113.7",
		]);
	});
});
