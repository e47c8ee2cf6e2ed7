import { globSync } from "node:fs";

import { Config, formatCode, LuaVersion, OutputVerification } from "@johnnymorganz/stylua";

import { REPOSITORY } from "../../plugin/build/repository.ts";

/** The files that are formatted so, relative to the repository. */
export const FORMATTED_FILES = globSync("{plugin/runtime,test/luau/sample-game}/**/*.luau", { cwd: REPOSITORY }).sort();

/** As StyLua formats it: tabs, 120 columns. Throws on code that does not parse. */
export function formatLuau(source: string): string {
	const config = Config.new();
	config.syntax = LuaVersion.Luau;
	return formatCode(source, config, undefined, OutputVerification.None);
}
