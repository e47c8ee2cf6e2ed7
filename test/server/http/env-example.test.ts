import { readFile } from "node:fs/promises";
import { parseEnv } from "node:util";

import { describe, expect, it } from "vitest";

import { loadConfig } from "../../../server/config.ts";

const example = await readFile(new URL("../../../.env.example", import.meta.url), "utf8");

/** Every name that loading asks the environment for. */
function namesAskedFor(): string[] {
	const asked = new Set<string>();
	const environment = new Proxy<Record<string, string | undefined>>(
		{},
		{
			get: (_target, name) => void asked.add(String(name)),
		},
	);
	loadConfig(environment);
	return [...asked].sort();
}

describe(".env.example", () => {
	it("names every setting there is, and none else", () => {
		const named = [...example.matchAll(/^(?:# )?([A-Z_]+)=/gm)].map(([, name]) => name);
		expect(named.sort()).toEqual(namesAskedFor());
	});

	it("says what is so without it", () => {
		expect(loadConfig(parseEnv(example) as Record<string, string>)).toEqual(loadConfig({}));
	});
});
