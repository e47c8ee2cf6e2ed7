import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import path from "node:path";
import { promisify } from "node:util";

import { expect, test } from "vitest";

import { buildPlugin } from "../../plugin/build/build-plugin.ts";
import { findTool } from "../../plugin/build/tools.ts";
import { formatKey } from "../../shared/key-format.ts";

interface Tampered {
	leaks: string;
	sent: { url: string; key: boolean }[];
	open: string;
}

const PROGRAM = path.join(import.meta.dirname, "tampered-runtime.luau");

async function runTampered(key: string): Promise<Tampered> {
	const lune = await findTool("lune");
	const { stdout } = await promisify(execFile)(lune, ["run", PROGRAM, await buildPlugin(), key]);
	return JSON.parse(stdout) as Tampered;
}

test("code that replaces the runtime's globals neither gets the key nor chooses where it is sent", async () => {
	const key = formatKey(randomBytes(26).toString("hex")) ?? "";
	const { leaks, sent, open } = await runTampered(key);
	expect(open).toBe("");
	expect(leaks).toBe("");
	expect(sent).toEqual([
		{ url: "https://keys.example.com/v1/whoami", key: true },
		{ url: "https://keys.example.com/v1/whoami", key: true },
		{ url: "https://api.example.com/x", key: true },
	]);
});
