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

	test("asks apt for it as root, and says why it could not be installed", async () => {
		const folder = await temporaryFolder();
		const code = 'if (process.argv[2] === "install") { console.error("E: no package caddy"); process.exit(100); }';
		await fakeProgram(folder, "apt-get", code);
		const search = findProxy("caddy", { env: { PATH: folder }, reporter: quiet });
		const isRoot = process.getuid?.() === 0;
		await expect(search).rejects.toThrow(isRoot ? "caddy: E: no package caddy" : "only root may install packages");
	});
});
