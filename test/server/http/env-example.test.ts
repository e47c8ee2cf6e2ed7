import { readFile } from "node:fs/promises";
import { parseEnv } from "node:util";

import { describe, expect, it } from "vitest";

import { loadConfig } from "../../../server/config.ts";

const example = await readFile(new URL("../../../.env.example", import.meta.url), "utf8");

/** Every variable that `loadConfig` reads. */
function namesRead(): string[] {
	const names = new Set<string>();
	const environment = new Proxy<Record<string, string | undefined>>(
		{},
		{
			get: (_target, name) => void names.add(String(name)),
		},
	);
	loadConfig(environment);
	return [...names].sort();
}

describe(".env.example", () => {
	it("names every setting, and no other", () => {
		const named = [...example.matchAll(/^(?:# )?([A-Z_]+)=/gm)].map(([, name]) => name);
		expect(named.sort()).toEqual(namesRead());
	});

	it("has the default values", () => {
		expect(loadConfig(parseEnv(example) as Record<string, string>)).toEqual(loadConfig({}));
	});
});
