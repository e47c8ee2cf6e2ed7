import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

import { build, type Plugin } from "vite";

import { REPOSITORY } from "../../plugin/build/repository.ts";
import { bundleFolder, BUNDLES, LOADER } from "./bundled-packages.ts";

const require = createRequire(import.meta.url);

/** Of the server's packages, those that consist of many modules, by what imports them. */
const PACKAGES = [
	...["typebox", "typebox/compile", "typebox/value", "@fastify/type-provider-typebox", "kysely", "nodemailer"],
	...["better-auth", "better-auth/api", "better-auth/cookies", "better-auth/crypto", "@zxcvbn-ts/language-common"],
];
const COMMON_JS = [
	...["fastify", "fastify-plugin", "fast-json-stringify", "@fastify/formbody", "@fastify/helmet", "@fastify/swagger"],
	...["pg", "pg-copy-streams"],
];
const FACADE = "\0facade:";
const NAME = /^(?!default$)[A-Za-z_$][\w$]*$/;

/** Gives a CommonJS module's bundle the names that Node finds in it. */
const facades: Plugin = {
	name: "facades",
	resolveId: (id) => (id.startsWith(FACADE) ? id : undefined),
	load(id) {
		if (!id.startsWith(FACADE)) return undefined;
		const name = id.slice(FACADE.length);
		const names = Object.keys(require(name) as object).filter((each) => NAME.test(each));
		return [`import whole from ${JSON.stringify(name)};`, "export default whole;"]
			.concat(names.map((each) => `export const ${each} = whole.${each};`))
			.join("\n");
	},
};

/** Bundles packages for `bundledServer`, if they have changed. */
export async function bundlePackages(): Promise<void> {
	const ready = bundleFolder();
	if (existsSync(ready)) return;
	await mkdir(BUNDLES, { recursive: true });
	const unfinished = await mkdtemp(path.join(BUNDLES, ".unfinished-"));
	try {
		const fileOf = (name: string) => name.replaceAll(/\W/g, "-");
		const input = [
			...PACKAGES.map((name) => [fileOf(name), name]),
			...COMMON_JS.map((name) => [fileOf(name), FACADE + name]),
		];
		await build({
			root: REPOSITORY,
			configFile: false,
			logLevel: "error",
			plugins: [facades],
			ssr: { noExternal: true },
			build: {
				ssr: true,
				outDir: unfinished,
				minify: false,
				rolldownOptions: {
					input: Object.fromEntries(input) as Record<string, string>,
					external: ["pg-native"],
					output: { entryFileNames: "[name].mjs", chunkFileNames: "[name]-[hash].mjs" },
					preserveEntrySignatures: "strict",
				},
			},
		});
		await writeFile(
			path.join(unfinished, LOADER),
			loader([...PACKAGES, ...COMMON_JS].map((name) => [name, fileOf(name)])),
		);
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
