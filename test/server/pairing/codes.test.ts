import { describe, expect, it } from "vitest";

import { build } from "../helper.ts";

describe("a user code", () => {
	it("belongs to the first account that opens or answers its code, until that one lets go", async () => {
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
			const answer = await rin.request(method, `/api/pairings/${user_code}${path}`, body);
			expect(answer.json()).toMatchObject({ status: 403, code: "claimed_code" });
		}
		expect((await eve.request("POST", `/api/pairings/${user_code}/release`, {})).statusCode).toBe(200);
		expect((await rin.request("GET", `/api/pairings/${user_code}`)).statusCode).toBe(200);
	});

	it("takes the same approval twice, and refuses another one", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { user_code } = await server.startPairing();
		const path = `/api/pairings/${user_code}/approve`;
		const body = { workspaceId: rin.workspaceId, label: "One" };
		expect((await rin.request("POST", path, body)).statusCode).toBe(200);
		expect((await rin.request("POST", path, { ...body, previousKey: "keep" })).statusCode).toBe(200);
		expect((await rin.request("POST", path, { ...body, label: "Two" })).json()).toMatchObject({ status: 409 });
		expect((await rin.request("POST", path, { ...body, previousKey: "retire" })).statusCode).toBe(400);
	});

	it("counts wrong codes per account, expired and claimed ones included, across restarts", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const eve = await server.signUp("Eve");
		const claimed = await server.startPairing();
		await rin.request("GET", `/api/pairings/${claimed.user_code}`);
		const wrong = ["BBBB-BBBB", "AAAA-AAAA", claimed.user_code];
		for (let tries = 0; tries < 10; tries++) {
			const answer = await eve.request("GET", `/api/pairings/${wrong[tries % 3]}`);
			expect([403, 404]).toContain(answer.statusCode);
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

	it("opens no code for a page of another site", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { user_code } = await server.startPairing();
		for (const site of ["cross-site", "same-site", "none"]) {
			const answer = await rin.request("GET", `/api/pairings/${user_code}`, undefined, { "sec-fetch-site": site });
			expect(answer.statusCode).toBe(403);
		}
		const own = await rin.request("GET", `/api/pairings/${user_code}`, undefined, { "sec-fetch-site": "same-origin" });
		expect(own.statusCode).toBe(200);
	});
});
