import path from "node:path";

import { runProcess } from "./run-process.ts";

/**
 * Packs the package in `source` as npm would publish it.
 * @returns the path of the archive, in `folder`
 */
export async function npmPack(source: string, folder: string): Promise<string> {
	const npm = process.env["npm_execpath"];
	const [program, args] = npm === undefined ? ["npm", []] : [process.execPath, [npm]];
	const { code, output } = await runProcess(program, [...args, "pack", "--silent", "--pack-destination", folder], {
		cwd: source,
	});
	if (code !== 0) throw new Error(`npm pack failed:\n${output.trim()}`);
	return path.join(folder, output.trim().split("\n").at(-1) ?? "");
}
