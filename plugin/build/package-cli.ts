import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);

/** The script of an installed package's command. Node can run it everywhere; `.bin` needs a shell on Windows. */
export function packageCli(packageName: string, command: string = packageName): string {
	const manifest = require.resolve(`${packageName}/package.json`);
	const { bin } = JSON.parse(readFileSync(manifest, "utf8")) as { bin: string | Record<string, string> };
	const script = typeof bin === "string" ? bin : bin[command];
	if (script === undefined) throw new Error(`The package ${packageName} has no command ${command}.`);
	return path.join(path.dirname(manifest), script);
}
