import { existsSync, globSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { build, type Plugin } from "vite";

import { REPOSITORY } from "../../plugin/build/repository.ts";
import { SERVER_BUNDLES, SERVER_LOADER, serverBundle } from "./bundled-server.ts";

/** What plain JavaScript imports, or a thread or process by its URL. */
const ENTRIES = [
	...["server/main.ts", "server/worker.ts", "server/private-files.ts", "server/stores.ts"],
	...["server/storage/sqlite/worker.ts", "server/storage/sqlite/backup/child.ts"],
	...globSync("server/*-command.ts", { cwd: REPOSITORY }),
];
/** Others may still be in use by another run. */
const KEPT = 5;

/** Modules find their neighbours by their URL, which is to be that of the source. */
const ownUrls: Plugin = {
	name: "own-urls",
	transform: {
		filter: { code: /import\.meta\.url/ },
		handler: (code, id) => ({
			code: code.replaceAll("import.meta.url", JSON.stringify(pathToFileURL(id).href)),
			map: null,
		}),
	},
};

/** Bundles the server's own code for `bundledServer`, if it has changed. Takes half a second of CPU. */
export async function bundleServer(): Promise<void> {
	const ready = serverBundle();
	if (existsSync(ready)) return;
	await mkdir(SERVER_BUNDLES, { recursive: true });
	const unfinished = await mkdtemp(path.join(SERVER_BUNDLES, ".unfinished-"));
	const entries = ENTRIES.map((file) => ({ file: path.join(REPOSITORY, file), name: file.replaceAll(/\W/g, "-") }));
	try {
		await build({
			root: REPOSITORY,
			configFile: false,
			logLevel: "error",
			plugins: [ownUrls],
			ssr: { external: true },
			build: {
				ssr: true,
				outDir: unfinished,
				minify: false,
				rolldownOptions: {
					input: Object.fromEntries(entries.map(({ file, name }) => [name, file])),
					output: {
						entryFileNames: "[name].mjs",
						chunkFileNames: "[name]-[hash].mjs",
						// Store functions are found by their names.
						keepNames: true,
					},
					preserveEntrySignatures: "strict",
				},
			},
		});
		const urls = entries.map(({ file, name }) => [pathToFileURL(file).href, `${name}.mjs`]);
		await writeFile(path.join(unfinished, SERVER_LOADER), loader(urls));
		// Another run may have been faster.
		await rename(unfinished, ready).catch((error: unknown) => {
			if (!existsSync(ready)) throw error;
		});
	} finally {
		await rm(unfinished, { recursive: true, force: true });
	}
	await removeOldOnes();
}

function loader(urls: string[][]): string {
	return `import { registerHooks } from "node:module";
const bundles = new Map(${JSON.stringify(urls)});
registerHooks({
	resolve(specifier, context, next) {
		const bundle = specifier.endsWith(".ts") ? bundles.get(new URL(specifier, context.parentURL).href) : undefined;
		if (bundle === undefined) return next(specifier, context);
		return { url: new URL(bundle, import.meta.url).href, format: "module", shortCircuit: true };
	},
});
`;
}

async function removeOldOnes(): Promise<void> {
	const folders = (await readdir(SERVER_BUNDLES)).map((name) => path.join(SERVER_BUNDLES, name));
	const dated = await Promise.all(folders.map(async (folder) => ({ folder, at: (await stat(folder)).mtimeMs })));
	const oldest = dated.toSorted((one, other) => other.at - one.at).slice(KEPT);
	await Promise.all(oldest.map(({ folder }) => rm(folder, { recursive: true, force: true })));
}
