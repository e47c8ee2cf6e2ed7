import path from "node:path";

import { describe, expect, test } from "vitest";

import { findChromium } from "../browser/chromium.ts";
import { fakeProgram, moduleCode, startNode, temporaryFolder } from "./helper.ts";

const quiet = { line: () => undefined, status: () => undefined };

describe("finding Chromium", () => {
	test("uses CHROMIUM_PATH, and reports if that file does not exist", async () => {
		const folder = await temporaryFolder();
		const chosen = await fakeProgram(folder, "my-browser", "");
		expect(await findChromium({ env: { PATH: "", CHROMIUM_PATH: chosen }, reporter: quiet })).toBe(chosen);
		const env = { PATH: "", CHROMIUM_PATH: path.join(folder, "gone") };
		await expect(findChromium({ env, reporter: quiet })).rejects.toThrow("that file does not exist");
	});

	test("uses the one on PATH, and skips one that does not run", async () => {
		const folder = await temporaryFolder();
		await fakeProgram(folder, "chromium", "process.exit(1);");
		const chrome = await fakeProgram(folder, "google-chrome", 'console.log("Google Chrome 150.0.1.2");');
		expect(await findChromium({ env: { PATH: folder }, reporter: quiet })).toBe(chrome);
	});

	test("if there is none, says what was tried, that the network blocks it, and what to do", async () => {
		const home = await temporaryFolder();
		const code = "await it.findChromium().catch((error) => { console.log(error.message); process.exitCode = 1; });";
		const env = {
			PATH: home,
			HOME: home,
			PLAYWRIGHT_BROWSERS_PATH: home,
			// Nothing listens there.
			PLAYWRIGHT_DOWNLOAD_HOST: "http://127.0.0.1:9",
		};
		const { code: exitCode, stdout } = await startNode(moduleCode("test/browser/chromium.ts", code), { env }).ended;
		expect(exitCode).toBe(1);
		expect(stdout).toContain("playwright: the network blocks the download");
		expect(stdout).toContain("apt: ");
		expect(stdout).toContain("set CHROMIUM_PATH");
	});
});
