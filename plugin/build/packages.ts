import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { npmPack } from "./npm-pack.ts";
import { REPOSITORY } from "./repository.ts";
import { zip } from "./zip.ts";

/** Under whose name the packages are published, on Wally and on npm. The maintainer's to choose. */
export const SCOPE = "auxvyn";
const NAME = "client";
const DESCRIPTION = "Gives a Roblox game's servers access to an Auxvyn server, and to the APIs behind it.";

export interface PackOptions {
	/** The runtime's source: one module. */
	source: string;
	/** Where the archives go. */
	folder: string;
	scope?: string;
}

type Files = Record<string, string>;

/**
 * Packs the runtime for games: for Wally, and for roblox-ts by npm. Publishes nothing.
 * @returns the paths of the archives
 */
export async function packClient({ source, folder, scope = SCOPE }: PackOptions): Promise<string[]> {
	const manifest = JSON.parse(await read("package.json")) as { version: string; license: string };
	const facts = { scope, version: manifest.version, license: manifest.license };
	const both = { "README.md": readme(scope), LICENSE: await read("LICENSE"), "src/init.luau": source };
	await rm(folder, { recursive: true, force: true });
	return [
		await packForWally({ ...both, ...wallyFiles(facts) }, folder, `${scope}-${NAME}-${manifest.version}.zip`),
		await packForNpm({ ...both, ...(await npmFiles(facts)) }, folder),
	];
}

interface Facts {
	scope: string;
	version: string;
	license: string;
}

function wallyFiles({ scope, version, license }: Facts): Files {
	const lines = [
		"[package]",
		`name = "${scope}/${NAME}"`,
		`version = "${version}"`,
		`description = "${DESCRIPTION}"`,
		`license = "${license}"`,
		'registry = "https://github.com/UpliftGames/wally-index"',
		// Installed into ServerPackages: a client must not have it.
		'realm = "server"',
	];
	return {
		"wally.toml": `${lines.join("\n")}\n`,
		"default.project.json": json({ name: NAME, tree: { $path: "src" } }),
	};
}

async function npmFiles({ scope, version, license }: Facts): Promise<Files> {
	return {
		"package.json": json({
			name: `@${scope}/${NAME}`,
			version,
			description: DESCRIPTION,
			license,
			keywords: ["roblox", "roblox-ts", "auxvyn"],
			main: "src/init.luau",
			types: "src/index.d.ts",
			files: ["src"],
			publishConfig: { access: "public" },
		}),
		"src/index.d.ts": await read("plugin/packages/index.d.ts"),
	};
}

/** `wally publish` packs the folder `wally` itself; the archive is what it would upload. */
async function packForWally(files: Files, folder: string, name: string): Promise<string> {
	await writeFiles(path.join(folder, "wally"), files);
	const archive = path.join(folder, name);
	const contents = Object.entries(files).map(([file, content]) => [file, Buffer.from(content)] as const);
	await writeFile(archive, zip(Object.fromEntries(contents)));
	return archive;
}

async function packForNpm(files: Files, folder: string): Promise<string> {
	const source = path.join(folder, "npm");
	await writeFiles(source, files);
	return npmPack(source, folder);
}

async function writeFiles(folder: string, files: Files): Promise<void> {
	for (const [name, content] of Object.entries(files)) {
		const file = path.join(folder, name);
		await mkdir(path.dirname(file), { recursive: true });
		await writeFile(file, content);
	}
}

function readme(scope: string): string {
	return `# Auxvyn client

${DESCRIPTION} For places that are not connected by Auxvyn's Studio plugin, such as those built by Rojo or roblox-ts. It needs an Auxvyn server, and a key from its dashboard in the experience's Secrets Store.

- Wally: \`Client = "${scope}/${NAME}@…"\` under \`[server-dependencies]\`.
- roblox-ts: \`npm install @${scope}/${NAME}\`; add \`node_modules/@${scope}\` to \`typeRoots\` in tsconfig.json and to the Rojo project, below ServerScriptService or ServerStorage.

One Script calls \`Client.startWithSecret("auxvyn", "https://keys.example.com")\`; any calls \`Client.request("GET", "/v1/whoami")\`.
`;
}

function json(value: unknown): string {
	return `${JSON.stringify(value, undefined, 2)}\n`;
}

function read(file: string): Promise<string> {
	return readFile(path.join(REPOSITORY, file), "utf8");
}
