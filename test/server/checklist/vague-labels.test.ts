import { describe, expect, it } from "vitest";

import { build } from "../helper.ts";
import { item } from "./helper.ts";

const GOOD = { state: "good", count: 0, keys: [] };

describe("a label", () => {
	it.each([
		"test",
		"Test 2",
		"API Key",
		"new key",
		"asdf",
		"untitled",
		"foo",
		"temp",
		"123456",
		"#1",
		"EU",
		"-- -",
		"Key_17",
	])("like %j is vague", async (label) => {
		const server = await build();
		const rin = await server.signUp();
		const { id } = await rin.createKey(label);
		expect(await item(rin, "vague-labels")).toMatchObject({ state: "attention", count: 1, keys: [{ id }] });
	});

	it("is not vague if it says what the key is for", async () => {
		const server = await build();
		const rin = await server.signUp();
		const labels = [
			"Production",
			"EU1",
			"Test server of the lobby",
			"本番",
			"Lobby 1",
			"Lobby 2",
			"CI",
			"Crystal Caverns",
		];
		for (const label of labels) await rin.createKey(label);
		expect(await item(rin, "vague-labels")).toMatchObject({ count: 1, keys: [{ label: "CI" }] });
	});

	it("is vague if several active keys share it, in any case", async () => {
		const server = await build();
		const rin = await server.signUp();
		const first = await rin.createKey("Lobby");
		const second = await rin.createKey("LOBBY");
		expect(await item(rin, "vague-labels")).toMatchObject({
			state: "attention",
			count: 2,
			keys: expect.arrayContaining([
				expect.objectContaining({ id: first.id }),
				expect.objectContaining({ id: second.id }),
			]) as unknown,
		});
		await rin.request("PATCH", `/api/workspaces/${rin.workspaceId}/keys/${second.id}`, { label: "Lobby, EU" });
		expect(await item(rin, "vague-labels")).toMatchObject(GOOD);
	});

	it("may be shared by a key and its replacement", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { id } = await rin.createKey("Lobby");
		const path = `/api/workspaces/${rin.workspaceId}/keys`;
		await rin.request("POST", path, { label: "Lobby", replaces: id });
		expect(await item(rin, "vague-labels")).toMatchObject(GOOD);
		await rin.createKey("Lobby");
		expect(await item(rin, "vague-labels")).toMatchObject({ count: 2 });
	});

	it("does not count on a revoked key", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { id } = await rin.createKey("asdf");
		await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${id}`);
		expect(await item(rin, "vague-labels")).toMatchObject(GOOD);
	});
});
