import { describe, expect, it } from "vitest";

import type { ChecklistItem } from "../../../shared/wire.ts";
import { build } from "../helper.ts";
import { item } from "./helper.ts";

const ITEM = "only-server-scripts";

describe("a checklist question", () => {
	it("records who answered it and when, and the answer can be withdrawn", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const path = `/api/workspaces/${rin.workspaceId}/checklist/${ITEM}`;
		expect(await item(rin, ITEM)).toMatchObject({ state: "asked", answeredAt: null, answeredBy: null });
		const first = new Date(server.clock.now()).toISOString();
		const answered = await rin.request("PUT", path, { done: true });
		const by = { id: rin.accountId, name: "Rin" };
		expect(answered.json<{ item: ChecklistItem }>().item).toMatchObject({
			id: ITEM,
			answeredAt: first,
			answeredBy: by,
		});
		server.clock.advance(60);
		await rin.request("PUT", path, { done: true });
		expect(await item(rin, ITEM)).toMatchObject({ answeredAt: first });
		await rin.request("PUT", path, { done: false });
		expect(await item(rin, ITEM)).toMatchObject({ answeredAt: null, answeredBy: null });
	});

	it("is visible to members and answered by admins: 401 without a session, 404 for non-members, 403 without permission", async () => {
		const server = await build();
		const rin = await server.signUp("Rin");
		const eve = await server.signUp("Eve");
		const list = `/api/workspaces/${rin.workspaceId}/checklist`;
		const statuses = async (cookie = eve.cookie) => [
			(await eve.request("GET", list, undefined, { cookie })).statusCode,
			(await eve.request("PUT", `${list}/${ITEM}`, { done: true }, { cookie })).statusCode,
		];
		expect(await statuses("")).toEqual([401, 401]);
		expect(await statuses()).toEqual([404, 404]);
		const { db } = server;
		db.prepare("INSERT INTO member VALUES (?, ?, 'member', 0)").run(rin.workspaceId, eve.accountId);
		expect(await statuses()).toEqual([200, 403]);
		db.prepare("UPDATE member SET role = 'admin' WHERE account_id = ?").run(eve.accountId);
		expect(await statuses()).toEqual([200, 200]);
		expect(await item(rin, ITEM)).toMatchObject({ answeredBy: { name: "Eve" } });
	});

	it.each(["old-keys", "no-such-item"])("responds with 404 to %s", async (id) => {
		const server = await build();
		const rin = await server.signUp();
		const path = `/api/workspaces/${rin.workspaceId}/checklist/${id}`;
		expect((await rin.request("PUT", path, { done: true })).statusCode).toBe(404);
	});
});
