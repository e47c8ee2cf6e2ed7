import path from "node:path";
import { pathToFileURL } from "node:url";

import { type ESLint, Linter } from "eslint";
import tseslint from "typescript-eslint";

import { REPOSITORY } from "../../../plugin/build/repository.ts";

const { href } = pathToFileURL(path.join(REPOSITORY, "oxlint.rules.js"));
const { default: auxvyn } = (await import(href)) as { default: ESLint.Plugin };

/** What a rule of this repository reports for `code` in a file, wherever Oxlint applies it. ESLint runs the same rules. */
export function problems(rule: string, file: string, code: string): string[] {
	const languageOptions = { parser: tseslint.parser as Linter.Parser };
	const rules: Linter.RulesRecord = { [`auxvyn/${rule}`]: "error" };
	const config: Linter.Config = { files: ["**/*.{ts,tsx,js}"], languageOptions, plugins: { auxvyn }, rules };
	const found = new Linter({ cwd: REPOSITORY }).verify(code, config, path.join(REPOSITORY, file));
	return found.map(({ message }) => message);
}
