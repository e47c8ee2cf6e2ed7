import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";

import { type ConstantDocument, constantDocument } from "./constant-document.ts";

const TYPES: Record<string, string> = {
	".css": "text/css; charset=utf-8",
	".html": "text/html; charset=utf-8",
	".js": "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
	".woff2": "font/woff2",
};
/** Their names change with their content. */
const ASSETS = "assets";
const ASSET_CACHING = "public, max-age=31536000, immutable";
const COMPRESSED = ".br";

/** The built dashboard's files by path, such as `assets/index.js`: less than a megabyte, which never changes. */
export async function readDashboard(folder: string): Promise<ReadonlyMap<string, ConstantDocument>> {
	const paths = [...(await filesIn(folder, "")), ...(await filesIn(folder, ASSETS))];
	const documents = paths
		.filter((path) => TYPES[extname(path)] !== undefined)
		.map(async (path) => {
			const compressed = path + COMPRESSED;
			const document = constantDocument(await readFile(join(folder, path)), {
				type: TYPES[extname(path)] ?? "",
				...(path.startsWith(ASSETS) && { cacheControl: ASSET_CACHING }),
				brotli: paths.includes(compressed) ? await readFile(join(folder, compressed)) : undefined,
			});
			return [path, document] as const;
		});
	return new Map(await Promise.all(documents));
}

async function filesIn(folder: string, below: string): Promise<string[]> {
	try {
		const entries = await readdir(join(folder, below), { withFileTypes: true });
		return entries.filter((entry) => entry.isFile()).map(({ name }) => (below === "" ? name : `${below}/${name}`));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
		throw error;
	}
}
