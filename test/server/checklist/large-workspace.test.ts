import { expect, test } from "vitest";

import type { ChecklistItem } from "../../../shared/wire.ts";
import { build, type TestServer } from "../helper.ts";
import { item } from "./helper.ts";

/** Each label is shared by two keys. */
function fillWorkspace(server: TestServer, workspaceId: string, count: number): void {
	server.db
		.prepare(
			`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)
			INSERT INTO api_key (digest_prefix, digest, id, workspace_id, label, label_folded, hint, origin, created_at, sealed_at, created_by)
			SELECT i, randomblob(32), 'key_' || i, :workspaceId, 'Lobby ' || (i % (:count / 2)) || ' of many',
				'lobby ' || (i % (:count / 2)) || ' of many', 'abcd',
				'dashboard', i, i, account_id FROM n, member WHERE workspace_id = :workspaceId`,
		)
		.run({ count, workspaceId });
}

test("concurrent checks of a large workspace never get results from before the request", async () => {
	const server = await build();
	const rin = await server.signUp();
	const labels = () => item(rin, "vague-labels");
	fillWorkspace(server, rin.workspaceId, 2_000);
	expect(await labels()).toMatchObject({ state: "attention", count: 2_000 });

	const before = Array.from({ length: 5 }, labels);
	await rin.request("PATCH", `/api/workspaces/${rin.workspaceId}/keys/key_1`, { label: "The one in the tower" });
	const after = await labels();
	expect(after.count).toBe(1_998);
	for (const each of await Promise.all(before)) expect([1_998, 2_000]).toContain(each.count);
});

test("finds all replaced keys in a place with thousands of keys", async () => {
	const server = await build();
	const rin = await server.signUp();
	fillWorkspace(server, rin.workspaceId, 2_000);
	server.db
		.prepare("UPDATE api_key SET place_id = '7', last_used_at = CASE WHEN id = 'key_1500' THEN 9 ELSE NULL END")
		.run();
	const found = (await rin.request("GET", `/api/workspaces/${rin.workspaceId}/checklist`)).json<{
		items: ChecklistItem[];
	}>();
	expect(found.items.find(({ id }) => id === "replaced-keys")).toMatchObject({ count: 1_499 });
});
