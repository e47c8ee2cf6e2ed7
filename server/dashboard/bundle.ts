import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

import { build } from "vite";

import config from "./vite.config.ts";

/** Bundles the dashboard into the empty or missing directory `outDir`. */
export async function bundle(outDir: string): Promise<void> {
	// Apart from each other, so that the dashboard loads nothing that only the API's page needs.
	for (const page of ["index.html", "docs.html"]) {
		await build({
			...config,
			configFile: false,
			logLevel: "warn",
			build: {
				...config.build,
				outDir,
				emptyOutDir: page === "index.html",
				rolldownOptions: { ...config.build?.rolldownOptions, input: join(import.meta.dirname, page) },
			},
		});
	}
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
