import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

import { build } from "vite";

import config from "./vite.config.ts";

/** Bundles the dashboard into the empty or missing directory `outDir`. */
export async function bundle(outDir: string): Promise<void> {
	await build({
		...config,
		configFile: false,
		logLevel: "warn",
		build: { ...config.build, outDir, emptyOutDir: true },
	});
	await compressAssets(join(outDir, "assets"));
}

/** Compressed once instead of per request; fonts already are. */
async function compressAssets(directory: string): Promise<void> {
	for (const name of await readdir(directory)) {
		if (!/\.(js|css)$/.test(name)) continue;
		const path = join(directory, name);
		await writeFile(`${path}.br`, brotliCompressSync(await readFile(path)));
	}
}
