import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { expect, test } from "vitest";

import { loadConfig } from "../../server/config.ts";

const REPOSITORY = path.join(import.meta.dirname, "..", "..");
const text = readFileSync(path.join(REPOSITORY, "docs", "backups.md"), "utf8");

test("every command in docs/backups.md exists", () => {
	const { scripts } = JSON.parse(readFileSync(path.join(REPOSITORY, "package.json"), "utf8")) as { scripts: object };
	const commands = [...text.matchAll(/npm run ([a-z-]+)/g)].map(([, name = ""]) => name);
	expect(new Set(commands)).toEqual(
		new Set(["backup", "restore", "migrate", "reset-password", "trust-clock", "build"]),
	);
	expect(commands.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
	const files = [...text.matchAll(/node (server\/[\w-]+\.js)/g)].map(([, file = ""]) => file);
	expect(files.length).toBeGreaterThan(2);
	expect(files.filter((file) => !existsSync(path.join(REPOSITORY, file)))).toEqual([]);
});

test("the settings in docs/backups.md mean what it says", () => {
	const lines = [...text.matchAll(/^(BACKUP_\w+)=(\S+)/gm)].map(([, name = "", value = ""]) => [name, value] as const);
	expect(loadConfig(Object.fromEntries(lines)).backups).toEqual({
		everyMs: 6 * 3_600_000,
		keep: 28,
		command: ["/usr/local/bin/auxvyn-off-site"],
	});
});
