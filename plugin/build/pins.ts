import { readFile } from "node:fs/promises";
import path from "node:path";

export type ToolName = "rojo" | "lune";

export interface Pin {
	name: ToolName;
	/** The GitHub owner, as in rokit's storage. */
	author: string;
	version: string;
}

/** Reads a tool's version from `rokit.toml`, the only place that specifies it. */
export async function readPin(name: ToolName, repository: string): Promise<Pin> {
	const file = path.join(repository, "rokit.toml");
	const text = await readFile(file, "utf8");
	const entry = new RegExp(`^\\s*${name}\\s*=\\s*"([^"/@]+)/[^"/@]+@([^"@]+)"`, "m").exec(text);
	const [, author, version] = entry ?? [];
	if (author === undefined || version === undefined) {
		throw new Error(`${file} does not pin ${name}: it needs a line like ${name} = "owner/${name}@1.2.3"`);
	}
	return { name, author, version };
}
