import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { build } from "vite";

import { REPOSITORY } from "../../plugin/build/repository.ts";
import { bundleFolder, BUNDLES, LOADER } from "./bundled-packages.ts";

/** Of the server's packages, those that consist of many ECMAScript modules, by what imports them. */
const PACKAGES = [
	...["typebox", "typebox/compile", "typebox/value", "@fastify/type-provider-typebox", "kysely", "nodemailer"],
	...["better-auth", "better-auth/api", "better-auth/cookies", "better-auth/crypto"],
];

/** Bundles packages for `bundledPackages`, if they have changed. */
export async function bundlePackages(): Promise<void> {
	const ready = bundleFolder();
	if (existsSync(ready)) return;
	await mkdir(BUNDLES, { recursive: true });
	const unfinished = await mkdtemp(path.join(BUNDLES, ".unfinished-"));
	try {
		const entries = new Map(PACKAGES.map((name) => [name, name.replaceAll(/\W/g, "-")]));
		await build({
			root: REPOSITORY,
			configFile: false,
			logLevel: "error",
			ssr: { noExternal: true },
			build: {
				ssr: true,
				outDir: unfinished,
				minify: false,
				rolldownOptions: {
					input: Object.fromEntries([...entries].map(([name, entry]) => [entry, name])),
					output: { entryFileNames: "[name].mjs", chunkFileNames: "[name]-[hash].mjs" },
					preserveEntrySignatures: "strict",
				},
			},
		});
		await writeFile(path.join(unfinished, LOADER), loader([...entries]));
		// Another run may have been faster.
		await rename(unfinished, ready).catch((error: unknown) => {
			if (!existsSync(ready)) throw error;
		});
	} finally {
		await rm(unfinished, { recursive: true, force: true });
	}
}

function loader(entries: [name: string, entry: string][]): string {
	return `import { registerHooks } from "node:module";
const entries = new Map(${JSON.stringify(entries)});
registerHooks({
	resolve(specifier, context, next) {
		const entry = entries.get(specifier);
		if (entry === undefined) return next(specifier, context);
		return { url: new URL(entry + ".mjs", import.meta.url).href, format: "module", shortCircuit: true };
	},
});
`;
}
