import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { crc32 } from "node:zlib";

import { describe, expect, test } from "vitest";

import { packageCli } from "../../plugin/build/package-cli.ts";
import { packClient, SCOPE } from "../../plugin/build/packages.ts";
import { REPOSITORY } from "../../plugin/build/repository.ts";
import { runProcess } from "../../plugin/build/run-process.ts";
import { zip } from "../../plugin/build/zip.ts";
import { temporaryFolder } from "./helper.ts";

const SOURCE = "--!strict\nreturn table.freeze({})\n";
const TIMEOUT_MS = 60_000;

async function pack(scope?: string) {
	const folder = await temporaryFolder();
	const [wally = "", npm = ""] = await packClient({
		source: SOURCE,
		folder: path.join(folder, "packages"),
		...(scope !== undefined && { scope }),
	});
	return { folder, wally, npm };
}

/** The files of an archive by `zip`: uncompressed, and each as its header describes it. */
function unzip(archive: Buffer): Record<string, string> {
	const files: Record<string, string> = {};
	const end = archive.lastIndexOf(Buffer.from("PK\u0005\u0006"));
	let at = archive.readUInt32LE(end + 16);
	for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
		const nameLength = archive.readUInt16LE(at + 28);
		const local = archive.readUInt32LE(at + 42);
		const name = archive.toString("utf8", at + 46, at + 46 + nameLength);
		const start = local + 30 + archive.readUInt16LE(local + 26);
		const content = archive.subarray(start, start + archive.readUInt32LE(local + 18));
		expect(crc32(content)).toBe(archive.readUInt32LE(local + 14));
		files[name] = content.toString();
		at += 46 + nameLength;
	}
	return files;
}

describe("the packed runtime", { timeout: TIMEOUT_MS }, () => {
	test("is a Wally package for servers only", async () => {
		const { wally } = await pack();
		const files = unzip(await readFile(wally));
		expect(Object.keys(files).sort()).toEqual([
			"LICENSE",
			"README.md",
			"default.project.json",
			"src/init.luau",
			"wally.toml",
		]);
		expect(files["src/init.luau"]).toBe(SOURCE);
		expect(files["wally.toml"]).toMatch(/^realm = "server"$/m);
		expect(files["wally.toml"]).toContain(`name = "${SCOPE}/client"`);
		expect(JSON.parse(files["default.project.json"] ?? "")).toEqual({ name: "client", tree: { $path: "src" } });
	});

	test("is an npm package for roblox-ts, with types, and under the scope that was asked for", async () => {
		const { folder, npm } = await pack("someone");
		const { output } = await runProcess("tar", ["-tzf", npm]);
		expect(output.trim().split("\n").sort()).toEqual([
			"package/LICENSE",
			"package/README.md",
			"package/package.json",
			"package/src/index.d.ts",
			"package/src/init.luau",
		]);
		await runProcess("tar", ["-xzf", npm, "-C", folder]);
		const manifest = JSON.parse(await readFile(path.join(folder, "package/package.json"), "utf8")) as object;
		const { version } = JSON.parse(await readFile(path.join(REPOSITORY, "package.json"), "utf8")) as {
			version: string;
		};
		expect(manifest).toMatchObject({
			name: "@someone/client",
			version,
			main: "src/init.luau",
			types: "src/index.d.ts",
		});
		expect(await readFile(path.join(folder, "package/src/init.luau"), "utf8")).toBe(SOURCE);
	});

	test("compiles into a game in roblox-ts, which calls the module's functions; wrong calls do not compile", async () => {
		const { folder, npm } = await pack();
		const game = path.join(folder, "game");
		const installed = path.join(game, "node_modules", `@${SCOPE}`, "client");
		await mkdir(path.join(game, "src"), { recursive: true });
		await mkdir(installed, { recursive: true });
		await runProcess("tar", ["-xzf", npm, "-C", installed, "--strip-components=1"]);
		await symlink(path.join(REPOSITORY, "node_modules/@rbxts"), path.join(game, "node_modules/@rbxts"), "junction");
		for (const [name, content] of Object.entries(GAME)) await writeFile(path.join(game, name), content);

		const compile = () => runProcess(process.execPath, [packageCli("roblox-ts", "rbxtsc")], { cwd: game });
		const right = await compile();
		expect(right.code, right.output).toBe(0);
		const compiled = await readFile(path.join(game, "out/main.server.luau"), "utf8");
		expect(compiled).toContain('Client.startWithSecret("auxvyn", "https://keys.example.com"');
		expect(compiled).toContain('Client.request("GET", "/v1/whoami")');

		await writeFile(path.join(game, "src/main.server.ts"), [IMPORT, ...WRONG_CALLS].join("\n"));
		const wrong = stripVTControlCharacters((await compile()).output);
		for (const index of WRONG_CALLS.keys()) expect(wrong).toMatch(new RegExp(`main\\.server\\.ts:${index + 2}:`));
	});
});

test("an archive is the same for the same files", () => {
	const files = { "a.txt": Buffer.from("one"), "ü/b.txt": Buffer.alloc(0) };
	expect(zip(files).equals(zip(files))).toBe(true);
	expect(unzip(zip(files))).toEqual({ "a.txt": "one", "ü/b.txt": "" });
});

const IMPORT = `import * as Client from "@${SCOPE}/client";`;
const WRONG_CALLS = [
	'Client.request("GET", 1);',
	'Client.start("key", "https://keys.example.com", { apis: "https://api.example.com" });',
	'print(Client.status().state === "off");',
	"Client.connect();",
];

/** A game with the package from npm. */
const GAME = {
	"package.json": '{ "name": "game", "version": "1.0.0" }',
	"tsconfig.json": JSON.stringify({
		compilerOptions: {
			...{ allowSyntheticDefaultImports: true, downlevelIteration: true, module: "commonjs", moduleResolution: "node" },
			...{ moduleDetection: "force", noLib: true, strict: true, target: "esnext", rootDir: "src", outDir: "out" },
			typeRoots: ["node_modules/@rbxts", `node_modules/@${SCOPE}`],
		},
	}),
	"default.project.json": JSON.stringify({
		name: "game",
		tree: {
			$className: "DataModel",
			ReplicatedStorage: { include: { $path: "include" } },
			ServerScriptService: {
				Game: { $path: "out" },
				node_modules: { $className: "Folder", [`@${SCOPE}`]: { $path: `node_modules/@${SCOPE}` } },
			},
		},
	}),
	"src/main.server.ts": `${IMPORT}
Client.startWithSecret("auxvyn", "https://keys.example.com", { apis: ["https://api.example.com"] });
Client.changed.Connect((status) => print(status.state === "connected" ? status.workspace : status.message));
const response = Client.request("GET", "/v1/whoami");
print(response.StatusCode, response.Headers["content-type"]);
Client.request("POST", "https://api.example.com/", { score: 1 }, { ["X-Name"]: "value" });
`,
};
