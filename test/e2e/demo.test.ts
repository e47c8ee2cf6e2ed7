import { spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

import { expect, it } from "vitest";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));

it("the demo runs the whole story: pair, install, publish, authenticate, rotate, and the old key is revoked automatically", async () => {
	const saved = join(REPOSITORY, "build", "demo.rbxl");
	rmSync(saved, { force: true });
	const child = spawn(process.execPath, ["test/e2e/demo.ts"], { cwd: REPOSITORY, stdio: ["ignore", "pipe", "pipe"] });
	const [output, problems, code] = await Promise.all([
		text(child.stdout),
		text(child.stderr),
		new Promise<number | null>((resolve) => child.once("close", resolve)),
	]);
	expect(`${problems}${String(code)}`, output).toMatch(/^(plugin: .*\n)*0$/);
	expect(output).toContain("Shop: open for Rin's workspace");
	const rotation = [
		"3 servers still on the old key",
		"1 server still on the old key",
		"No live servers on the old key",
		"sets the clocks of the backend and of Studio forward",
		"Old key revoked: rotation done",
		"401 revoked_key",
	];
	expect(rotation.map((text) => output.indexOf(text)).filter((at) => at < 0)).toEqual([]);
	expect(rotation.toSorted((a, b) => output.indexOf(a) - output.indexOf(b))).toEqual(rotation);
	expect(output).not.toMatch(/auxvyn_[0-9a-f]{60}/);
	expect(existsSync(saved)).toBe(true);
}, 120_000);
