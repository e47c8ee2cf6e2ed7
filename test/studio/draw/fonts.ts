import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

/** Roblox's fonts are not available; the dashboard's are used instead, the same on every machine. */
interface Substitute {
	family: string;
	file: string;
	/** Ascent and descent together, in units of the font size: what a browser calls a normal line height. */
	lineHeight: number;
}

const SANS: Substitute = {
	family: "Inter Variable",
	file: "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
	lineHeight: 1.21,
};
const MONO: Substitute = {
	family: "JetBrains Mono Variable",
	file: "@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2",
	lineHeight: 1.32,
};

/** The substitute for a Roblox font family. */
export function substituteFor(family: string): Substitute {
	return /mono|code|inconsolata/i.test(family) ? MONO : SANS;
}

/** For what the substitutes lack. */
export const FALLBACK = "'DejaVu Sans', Arial, sans-serif";

export async function fontCss(): Promise<string> {
	const { resolve } = createRequire(import.meta.url);
	const faces = [SANS, MONO].map(async ({ family, file }) => {
		const [scope = "", name = "", ...rest] = file.split("/");
		const folder = path.dirname(resolve(`${scope}/${name}/package.json`));
		const data = await readFile(path.join(folder, ...rest), "base64");
		return `@font-face{font-family:'${family}';font-weight:100 900;src:url(data:font/woff2;base64,${data})}`;
	});
	return (await Promise.all(faces)).join("\n");
}
