import { readFile } from "node:fs/promises";

import { expect, test } from "vitest";

import { builtPlugin } from "../studio/built-plugin.ts";
import { useLoops } from "./helper.ts";

const openLoop = useLoops();

test("what is installed in a game needs no roblox-ts runtime and has no key below the Script", async () => {
	const loop = await openLoop({ facts: "published" });
	await loop.connect();
	const managed = await loop.managedScript();
	const client = managed?.children[0];
	const sources = [client, ...(client?.children ?? [])].map((node) => node?.source ?? "");
	expect(sources[0]).toContain("BindableFunction");
	for (const source of sources) {
		expect(source).not.toMatch(/\bTS\.|RuntimeLib|auxvyn_[0-9a-f]{60}/);
		expect(source).not.toContain(loop.address);
	}
});

test("the plugin contains one server address, once", async () => {
	const built = await readFile(await builtPlugin(), "utf8");
	expect(built.split("http://localhost:8787")).toHaveLength(2);
});
