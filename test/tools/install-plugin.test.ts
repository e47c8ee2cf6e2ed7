import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { describe, expect, test } from "vitest";

import { REPOSITORY } from "../../plugin/build/repository.ts";
import { studioPluginsFolder } from "../../plugin/build/studio-folder.ts";
import { startNode, temporaryFolder } from "./helper.ts";

const MAIN = path.join(REPOSITORY, "plugin/build/main.ts");

/** The first test builds the plugin if it is stale. */
const TIMEOUT_MS = 120_000;

describe("npm run build:plugin -- --install", { timeout: TIMEOUT_MS }, () => {
	test("copies the plugin for PUBLIC_URL to Studio's folder, and removes a second copy of it", async () => {
		const folder = await temporaryFolder();
		await writeFile(path.join(folder, "Auxvyn.rbxm"), "an older build");
		await writeFile(path.join(folder, "Other.rbxmx"), "another plugin");
		const env = { ...process.env, ROBLOX_PLUGINS_DIR: folder, PUBLIC_URL: "https://keys.example.com" };

		const { code, stdout, stderr } = await startNode([MAIN, "--install"], { env }).ended;
		expect(code, stderr).toBe(0);
		expect(stdout).toContain("for https://keys.example.com");
		expect(await readdir(folder)).toEqual(["Auxvyn.rbxmx", "Other.rbxmx"]);
		const installed = await readFile(path.join(folder, "Auxvyn.rbxmx"), "utf8");
		expect(installed).toContain('<string name="Value">https://keys.example.com</string>');
	});

	test("without Studio, says so and where the plugin is", async () => {
		const onLinux = "data:text/javascript,Object.defineProperty(process,'platform',{value:'linux'})";
		const env = { ...process.env, ROBLOX_PLUGINS_DIR: "" };

		const { code, stderr } = await startNode(["--import", onLinux, MAIN, "--install"], { env }).ended;
		expect(code).toBe(1);
		expect(stderr).toContain("There is no Roblox Studio on linux");
		expect(stderr).toContain(path.join(REPOSITORY, "build", "Auxvyn.rbxmx"));
	});

	test("rejects an invalid PUBLIC_URL in one line", async () => {
		const env = { ...process.env, ROBLOX_PLUGINS_DIR: await temporaryFolder(), PUBLIC_URL: "keys.example.com/path" };
		const { code, stderr } = await startNode([MAIN, "--install"], { env }).ended;
		expect(code).toBe(1);
		expect(stderr.trim().split("\n").at(-1)).toMatch(/^PUBLIC_URL must be/);
	});

	test("rejects an unknown argument, naming the known one", async () => {
		const { code, stderr } = await startNode([MAIN, "--instal"]).ended;
		expect(code).toBe(1);
		expect(stderr).toMatch(/--instal\b.*--install/);
	});

	test("knows Studio's folder on Windows and macOS", () => {
		const windows = studioPluginsFolder({ LOCALAPPDATA: "/local" }, "win32");
		expect(windows).toBe(path.join("/local", "Roblox", "Plugins"));
		const mac = studioPluginsFolder({ HOME: "/Users/a" }, "darwin");
		expect(mac).toBe(path.join("/Users/a", "Documents", "Roblox", "Plugins"));
		expect(studioPluginsFolder({ HOME: "/home/a" }, "linux")).toBeUndefined();
	});
});
