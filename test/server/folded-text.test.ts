import { describe, expect, it } from "vitest";

import { readUserCode as readTyped } from "../../server/dashboard/pairing/user-code.ts";
import { foldText } from "../../server/folded-text.ts";
import { readUserCode } from "../../server/pairing/user-code.ts";
import { foldedText } from "../../server/storage/sqlite/migrations/015-folded-text.ts";
import { migrations } from "../../server/storage/sqlite/migrations/index.ts";
import { openDatabase } from "../../server/storage/sqlite/open-database.ts";
import { build, type Person } from "./helper.ts";
import { tempDir } from "./temp-dir.ts";

/** Each differs in bytes, and reads the same. */
const ALIKE = [
	["Lobby 2", "ｌｏｂｂｙ　２"],
	["Café", "CAFE\u0301"],
	["Straße", "STRASSE"],
	["İstanbul", "ISTANBUL"],
	["ΟΔΟΣ ΑΒΓ", "οδος αβγ"],
	["ﬁnal", "FINAL"],
	["Rin's workspace", "Rin’s  workspace\u200b"],
	["“Old” key", '"old" key'],
	["Server 1 - EU", "server 1 – eu"],
	["-1", "\u22121"],
	["a\u00a0b", " a \t b "],
	["❤️ Tower", "❤ tower"],
	["soft\u00adhyphen", "softhyphen"],
] as const;

describe("text that reads the same", () => {
	it.each(ALIKE)("%j folds like %j", (one, other) => {
		expect(foldText(one)).toBe(foldText(other));
		expect(foldText(foldText(one))).toBe(foldText(one));
	});

	it("contains what part of it folds to", () => {
		expect(foldText("Νόσος")).toContain(foldText("ΝΌΣ"));
	});

	it("stays apart where it reads differently", () => {
		for (const [one, other] of [
			["Cafe", "Café"],
			["Lobby 1", "Lobby 2"],
			["ab", "a b"],
			["l", "1"],
		] as const) {
			expect(foldText(one)).not.toBe(foldText(other));
		}
	});
});

async function found(rin: Person, q: string): Promise<string[]> {
	const answer = await rin.request("GET", `/api/workspaces/${rin.workspaceId}/keys?q=${encodeURIComponent(q)}`);
	return answer.json<{ keys: { label: string }[] }>().keys.map(({ label }) => label);
}

describe("a search for keys", () => {
	it("finds labels and place names in any spelling that reads the same", async () => {
		const server = await build();
		const rin = await server.signUp();
		// A label with an invisible character could not be created.
		const labels = ALIKE.map(([label]) => label).filter((label) => !label.includes("\u00ad"));
		for (const label of labels) await rin.createKey(label);
		for (const [label, typed] of ALIKE) if (labels.includes(label)) expect(await found(rin, typed)).toContain(label);
		await server.pair(rin, { place_id: "7", place_name: "HÖHLE" }, { label: "Cave" });
		expect(await found(rin, "ho\u0308hl")).toEqual(["Cave"]);
		const { id } = await rin.createKey("Before");
		await rin.request("PATCH", `/api/workspaces/${rin.workspaceId}/keys/${id}`, { label: "Später" });
		expect([await found(rin, "SPÄTER"), await found(rin, "before")]).toEqual([["Später"], []]);
		expect(await found(rin, "\u200b")).toHaveLength(labels.length + 2);
	});

	it("takes the wildcards of SQL as they are", async () => {
		const server = await build();
		const rin = await server.signUp();
		for (const label of ["100% sure", "100 times", "a_b", "axb", "back\\slash", "backslash"])
			await rin.createKey(label);
		expect(await found(rin, "0%")).toEqual(["100% sure"]);
		expect(await found(rin, "a_b")).toEqual(["a_b"]);
		expect(await found(rin, "k\\s")).toEqual(["back\\slash"]);
	});

	it("sorts labels as they read, page by page", async () => {
		const server = await build();
		const rin = await server.signUp();
		const longest = "ﷺ".repeat(64);
		for (const label of ["ｂeta", "Älpha", "älpha 2", "ALPHA", longest, "한글"]) await rin.createKey(label);
		const labels: string[] = [];
		for (let cursor: string | null = ""; cursor !== null;) {
			const page = `?sort=label&limit=1${cursor && `&cursor=${cursor}`}`;
			const answer = await rin.request("GET", `/api/workspaces/${rin.workspaceId}/keys${page}`);
			const { keys, nextCursor } = answer.json<{ keys: { label: string }[]; nextCursor: string | null }>();
			labels.push(...keys.map(({ label }) => label));
			cursor = nextCursor;
		}
		expect(labels).toEqual(["ALPHA", "ｂeta", "Älpha", "älpha 2", longest, "한글"]);
	});

	it("finds the keys of a database from before", async () => {
		const path = `${await tempDir()}/auxvyn.db`;
		const old = openDatabase(path, migrations.slice(0, migrations.indexOf(foldedText)));
		old.exec(`
			INSERT INTO workspace (id, name, created_at) VALUES ('ws_1', 'One', 0);
			INSERT INTO api_key (digest_prefix, digest, id, workspace_id, label, hint, origin, created_at, sealed_at, place_name)
			VALUES (1, zeroblob(32), 'key_1', 'ws_1', 'ＴＥＳＴ  1', 'abcd', 'studio', 5, 5, 'HÖHLE'),
				(2, zeroblob(32), 'key_2', 'ws_1', 'ß', 'abcd', 'dashboard', 5, 5, NULL);`);
		old.close();
		const db = openDatabase(path);
		const folded = db.prepare("SELECT label, label_folded, place_name_folded, label_core FROM api_key ORDER BY id");
		expect(folded.raw().all()).toEqual([
			["ＴＥＳＴ  1", "test 1", "höhle", "test"],
			["ß", "ss", null, ""],
		]);
		db.close();
	});
});

describe("what people retype", () => {
	it("may be a workspace's name as a phone's keyboard writes it", async () => {
		const server = await build();
		const rin = await server.signUp();
		const remove = (name: string) => rin.request("DELETE", `/api/workspaces/${rin.workspaceId}`, { name });
		for (const wrong of ["", "Rins workspace", "Rin's work space", "\u200b"]) {
			expect((await remove(wrong)).statusCode).toBe(400);
		}
		expect((await remove(" rin’s Workspace\u200b")).statusCode).toBe(204);
	});

	it.each([
		"BCDF-GHJK",
		"bcdfghjk",
		" bcdf ghjk ",
		"ＢＣＤＦ－ＧＨＪＫ",
		"BCDF\u2212GHJK",
		"“BCDF–GHJK”",
		"'bcdf-ghjk'",
		"BCDF-GHJK\u200b",
	])("may be a user code as %j", (typed) => {
		expect(readUserCode(typed)).toBe("BCDFGHJK");
		expect(readTyped(typed)).toBe("BCDF-GHJK");
	});

	it.each(["BCDF-GHJ", "BCDF-GHJA", "BCDF-GHJKL", "BCDF-GHJK\u0301"])("is no user code if it is %j", (typed) => {
		expect([readUserCode(typed), readTyped(typed)]).toEqual([undefined, undefined]);
	});
});
