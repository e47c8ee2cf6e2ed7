import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, it } from "vitest";

import { loadConfig, settingNames } from "../../server/config.ts";
import { settingWarnings } from "../../server/setting-warnings.ts";
import { tempDir } from "./temp-dir.ts";

async function warnings(env: Record<string, string>, file = ""): Promise<string[]> {
	const path = join(await tempDir(), ".env");
	await writeFile(path, file);
	return settingWarnings(loadConfig(env), env, path);
}

it("names a misspelt setting, and the one that was meant", async () => {
	expect(await warnings({ PUBLC_URL: "https://keys.example.com", BACKUP_EVRY: "6h", log_level: "debug" })).toEqual([
		"PUBLC_URL is not a setting, and has no effect: did you mean PUBLIC_URL?",
		"BACKUP_EVRY is not a setting, and has no effect: did you mean BACKUP_EVERY?",
		"log_level is not a setting, and has no effect: did you mean LOG_LEVEL?",
	]);
});

it("names whatever else is in .env and is no setting, but for Node's, npm's and Compose's variables", async () => {
	const file =
		"SMTP_HOST=mail.example.com\nNODE_OPTIONS=--max-old-space-size=64\nCOMPOSE_PROJECT_NAME=keys\nPORT=8787\n";
	expect(await warnings({}, file)).toEqual([
		"SMTP_HOST in .env is not a setting, and has no effect: .env.example has all of them.",
	]);
});

it("says nothing of the environment's other variables", async () => {
	const env = {
		PATH: "/bin",
		HOME: "/root",
		USER: "root",
		HOSTNAME: "vm",
		TZ: "UTC",
		LANG: "C",
		POST: "1",
		SMTP_HOST: "a",
	};
	expect(await warnings(env)).toEqual([]);
});

it("says that plain http is not enough, but for this computer", async () => {
	expect(await warnings({ PUBLIC_URL: "http://keys.example.com" })).toEqual([
		"PUBLIC_URL is http://keys.example.com, but the plugin and games send keys over https only: see docs/production.md.",
	]);
	expect(await warnings({ PUBLIC_URL: "http://localhost:8787" })).toEqual([]);
});

it("knows exactly the settings that .env.example explains", () => {
	const example = readFileSync(join(import.meta.dirname, "../../.env.example"), "utf8");
	const explained = [...example.matchAll(/^(?:# )?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name);
	expect(settingNames().toSorted()).toEqual([...new Set(explained)].toSorted());
});
