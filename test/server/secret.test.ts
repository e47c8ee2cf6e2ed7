import { chmod, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { describe, expect, it, onTestFinished } from "vitest";

import { loadSecret } from "../../server/secret.ts";
import { tempDir } from "./temp-dir.ts";

const NOBODY_UID = 65_534;

describe("the secret that signs sessions", () => {
	it("is the configured one", async () => {
		const dataDir = await tempDir();
		expect(loadSecret({ secret: "given", dataDir })).toBe("given");
		expect(await readdir(dataDir)).toEqual([]);
	});

	it("is created once, readable only by its owner, and reused", async () => {
		const dataDir = join(await tempDir(), "data");
		const secret = loadSecret({ secret: undefined, dataDir });
		expect(secret).toMatch(/^[0-9a-f]{64}$/);
		expect(loadSecret({ secret: undefined, dataDir })).toBe(secret);
		expect(await readdir(dataDir)).toEqual(["secret"]);
		expect(await readFile(join(dataDir, "secret"), "utf8")).toBe(`${secret}\n`);
		if (process.platform !== "win32") expect((await stat(join(dataDir, "secret"))).mode & 0o777).toBe(0o600);
	});

	it.runIf(process.platform !== "win32")("is taken away from other users who could read it", async () => {
		const dataDir = await tempDir();
		const secret = loadSecret({ secret: undefined, dataDir });
		await chmod(join(dataDir, "secret"), 0o644);
		const warnings: string[] = [];
		expect(loadSecret({ secret: undefined, dataDir }, (text) => void warnings.push(text))).toBe(secret);
		expect((await stat(join(dataDir, "secret"))).mode & 0o777).toBe(0o600);
		expect(warnings).toEqual([expect.stringMatching(/could read .*, the secret .* delete it and restart/)]);
	});

	it.runIf(process.getuid?.() === 0)(
		"is refused if other users can read it and this user cannot change that",
		async () => {
			const dataDir = await tempDir();
			loadSecret({ secret: undefined, dataDir });
			await chmod(dataDir, 0o755);
			await chmod(join(dataDir, "secret"), 0o644);
			process.seteuid?.(NOBODY_UID);
			onTestFinished(() => process.seteuid?.(0));
			expect(() => loadSecret({ secret: undefined, dataDir })).toThrow(/Other users can read .*chmod 600/);
		},
	);

	it("is not silently replaced if its file is empty or invalid, which would sign everyone out", async () => {
		const dataDir = await tempDir();
		await writeFile(join(dataDir, "secret"), "\n", { mode: 0o600 });
		expect(() => loadSecret({ secret: undefined, dataDir })).toThrow(/empty or too short/);
		expect(() => loadSecret({ secret: undefined, dataDir: join(dataDir, "secret") })).toThrow(
			/Cannot use .*AUXVYN_SECRET/,
		);
	});
});
