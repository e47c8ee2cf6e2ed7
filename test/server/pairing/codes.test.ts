import { describe, expect, it } from "vitest";

import { build } from "../helper.ts";

describe("a user code", () => {
	it("belongs to the first account that opens it, until released", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const eve = await server.signUp("Eve");
		const { user_code } = await server.startPairing();
		await eve.request("GET", `/api/pairings/${user_code}`);
		for (const [method, path, body] of [
			["GET", "", undefined],
			["POST", "/approve", { workspaceId: rin.workspaceId, label: "Mine" }],
			["POST", "/deny", {}],
		] as const) {
			const response = await rin.request(method, `/api/pairings/${user_code}${path}`, body);
			expect(response.json()).toMatchObject({ status: 403, code: "claimed_code" });
		}
		expect((await eve.request("POST", `/api/pairings/${user_code}/release`, {})).statusCode).toBe(200);
		expect((await rin.request("GET", `/api/pairings/${user_code}`)).statusCode).toBe(200);
	});

	it("accepts the same approval twice, and refuses a different one", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { user_code } = await server.startPairing();
		const path = `/api/pairings/${user_code}/approve`;
		const body = { workspaceId: rin.workspaceId, label: "One" };
		expect((await rin.request("POST", path, body)).statusCode).toBe(200);
		expect((await rin.request("POST", path, { ...body, previousKey: "keep" })).statusCode).toBe(200);
		expect((await rin.request("POST", path, { ...body, label: "Two" })).json()).toMatchObject({ status: 409 });
		expect((await rin.request("POST", path, { ...body, previousKey: "retire" })).json()).toMatchObject({ status: 409 });
		expect((await rin.request("POST", path, { ...body, previousKey: "burn" })).statusCode).toBe(400);
	});

	it("counts wrong codes per account across restarts, including expired and claimed ones", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const eve = await server.signUp("Eve");
		const claimed = await server.startPairing();
		await rin.request("GET", `/api/pairings/${claimed.user_code}`);
		const wrong = ["BBBB-BBBB", "AAAA-AAAA", claimed.user_code];
		for (let attempt = 0; attempt < 10; attempt++) {
			const response = await eve.request("GET", `/api/pairings/${wrong[attempt % 3]}`);
			expect([403, 404]).toContain(response.statusCode);
		}
		const open = await server.startPairing();
		const blocked = await eve.request("GET", `/api/pairings/${open.user_code}`);
		expect(blocked.json()).toMatchObject({ status: 429 });
		expect(Number(blocked.headers["retry-after"])).toBeGreaterThan(0);
		expect((await rin.request("GET", `/api/pairings/${open.user_code}`)).statusCode).toBe(200);
		await server.close();
		const again = await build({ dataDir: server.dataDir, clock: server.clock });
		const path = `/api/pairings/${open.user_code}`;
		expect((await again.app.inject({ url: path, headers: { cookie: eve.cookie } })).statusCode).toBe(429);
		again.clock.advance(601);
		expect((await again.app.inject({ url: path, headers: { cookie: eve.cookie } })).statusCode).not.toBe(429);
	});

	it("cannot be opened from another site", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { user_code } = await server.startPairing();
		for (const site of ["cross-site", "same-site", "none"]) {
			const response = await rin.request("GET", `/api/pairings/${user_code}`, undefined, { "sec-fetch-site": site });
			expect(response.statusCode).toBe(403);
		}
		const own = await rin.request("GET", `/api/pairings/${user_code}`, undefined, { "sec-fetch-site": "same-origin" });
		expect(own.statusCode).toBe(200);
	});
});
