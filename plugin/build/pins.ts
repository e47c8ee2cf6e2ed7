import { readFile } from "node:fs/promises";
import path from "node:path";

export type ToolName = "rojo" | "lune";

export interface Pin {
	name: ToolName;
	/** Its owner on GitHub, as rokit's storage spells it. */
	author: string;
	version: string;
}

/** What `rokit.toml` says about a tool: the one place where versions are written. */
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
