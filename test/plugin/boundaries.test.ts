import path from "node:path";

import { ESLint, Linter } from "eslint";
import tseslint from "typescript-eslint";
import { expect, test } from "vitest";

const REPOSITORY = path.join(import.meta.dirname, "..", "..");
const BOUNDARIES = ["no-restricted-syntax", "no-restricted-imports"];

/** What the boundary rules report for `code` in `file`. */
async function problems(file: string, code: string): Promise<string[]> {
	const eslint = new ESLint({ cwd: REPOSITORY });
	const { rules } = (await eslint.calculateConfigForFile(path.join(REPOSITORY, file))) as Linter.Config;
	const kept = Object.entries(rules ?? {}).filter(([name]) => BOUNDARIES.includes(name));
	const parser = tseslint.parser as Linter.Parser;
	const config: Linter.Config = { files: ["**/*.ts"], languageOptions: { parser }, rules: Object.fromEntries(kept) };
	const messages = new Linter({ cwd: REPOSITORY }).verify(code, config, path.join(REPOSITORY, file));
	return messages.map((message) => message.message);
}

const OUTSIDE = "plugin/src/connect/session.ts";

test.each([
	"script.Source = text;",
	'script["Source"] = text;',
	"found.Parent = undefined;",
	"ScriptEditorService.UpdateSourceAsync(script, () => text);",
	'new Instance("Script");',
	'found.SetAttribute("Key", key);',
	'found.AddTag("AuxvynKey");',
	"found.Destroy();",
	'create("Script")({});',
	'create("Frame")({ Parent: home });',
	'import { ServerScriptService } from "@rbxts/services";',
	'game.GetService("ServerScriptService");',
	"game.ServerScriptService.GetChildren();",
	'import { install } from "../place/install";',
])("outside plugin/src/place the linter rejects %s", async (code) => {
	expect(await problems(OUTSIDE, code)).toHaveLength(1);
});

test("the linter lets the rest of the plugin import place through its index", async () => {
	const code = 'import { parseServerAddress } from "../place"; parseServerAddress("https://a"); widget.Enabled = true;';
	expect(await problems(OUTSIDE, code)).toEqual([]);
});
