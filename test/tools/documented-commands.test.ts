import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

import { expect, test } from "vitest";

import manifest from "../../package.json" with { type: "json" };
import { REPOSITORY } from "../../plugin/build/repository.ts";

/** `npm run NAME`, with npm's own options before the name. */
const COMMAND = /npm run (?:-s )?([a-z][a-z:-]*)/g;

async function documents(): Promise<string[]> {
	const docs = (await readdir(path.join(REPOSITORY, "docs"), { recursive: true })).filter((name) =>
		name.endsWith(".md"),
	);
	return ["README.md", "CONTRIBUTING.md", "SECURITY.md", ".env.example", ...docs.map((name) => `docs/${name}`)];
}

test("every npm command that a document names exists", async () => {
	let commands = 0;
	for (const file of await documents()) {
		const text = await readFile(path.join(REPOSITORY, file), "utf8");
		for (const [, name = ""] of text.matchAll(COMMAND)) {
			commands += 1;
			expect(Object.keys(manifest.scripts), file).toContain(name);
		}
	}
	expect(commands).toBeGreaterThan(20);
});

test("docs/commands.md has every npm command", async () => {
	const text = await readFile(path.join(REPOSITORY, "docs/commands.md"), "utf8");
	const rows = text.split("\n").filter((line) => line.startsWith("| `npm "));
	const named = rows.flatMap((row) => {
		const [, commands = ""] = row.split("|");
		return [...commands.matchAll(/`npm (?:run )?(?:-s )?([\w:-]+)/g)].map(([, name]) => name);
	});
	expect(named.toSorted()).toEqual(Object.keys(manifest.scripts).toSorted());
});

test("the lines of failed starts in docs/install.md are the ones that the server prints", async () => {
	const text = await readFile(path.join(REPOSITORY, "docs/install.md"), "utf8");
	const section = text.slice(text.indexOf("## When it does not start"), text.indexOf("## The tests"));
	const quoted = section
		.split("\n")
		.filter((line) => line.startsWith("| `"))
		.flatMap((line) => [...(line.split(" | ")[0] ?? "").matchAll(/`([^`]+)`/g)].map(([, each = ""]) => each));
	expect(quoted.length).toBeGreaterThan(7);
	const files = ["launch.js", "start-fault.ts", "config.ts", "dashboard/build.ts", "storage/sqlite/open-database.ts"];
	const sources = await Promise.all(files.map((file) => readFile(path.join(REPOSITORY, "server", file), "utf8")));
	const code = sources.join("\n");
	// Between the parts are values; the names of settings are values too.
	const parts = quoted.flatMap((line) => line.split(/…|\b(?:PUBLIC_URL|PORT|24)\b/).map((each) => each.trim()));
	expect(parts.filter((part) => !code.includes(part))).toEqual([]);
});
