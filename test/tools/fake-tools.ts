import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";

import { readPin, type ReleasedTool } from "../../plugin/build/pins.ts";
import { REPOSITORY } from "../../plugin/build/repository.ts";
import { fakeProgram, temporaryFolder } from "./helper.ts";

/** A fake machine: an empty home, an empty cache, and a PATH with only fakes. */
export interface FakeMachine {
	bin: string;
	cache: string;
	home: string;
	env: NodeJS.ProcessEnv;
}

export async function fakeMachine(): Promise<FakeMachine> {
	const folder = await temporaryFolder();
	const [bin, cache, home] = ["bin", "cache", "home"].map((name) => path.join(folder, name)) as [
		string,
		string,
		string,
	];
	for (const each of [bin, cache, home]) await mkdir(each);
	return { bin, cache, home, env: { PATH: bin, AUXVYN_CACHE: cache, HOME: home } };
}

/** A tool that only prints its version. */
export function toolSource(name: string, version: string): string {
	return `console.log(${JSON.stringify(`${name} ${version}`)});`;
}

export async function pinnedVersion(name: ReleasedTool): Promise<string> {
	return (await readPin(name, REPOSITORY)).version;
}

/**
 * A cargo that "builds" the requested tool. It records every call in `calls`, and first runs `before`, which may print,
 * wait or exit.
 */
export async function fakeCargo(machine: FakeMachine, before = ""): Promise<{ calls: () => Promise<CargoCall[]> }> {
	const calls = path.join(machine.home, "cargo-calls");
	await fakeProgram(
		machine.bin,
		"cargo",
		`
const fs = require("node:fs"), path = require("node:path");
const args = process.argv.slice(2);
const profile = Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith("CARGO_PROFILE")));
fs.appendFileSync(${JSON.stringify(calls)}, JSON.stringify({ args, profile }) + "\\n");
function build() {
	const manifest = () => fs.readFileSync(path.join(args.at(-1), "Cargo.toml"), "utf8");
	const [name, version] = args.includes("--path")
		? ["name", "version"].map((field) => new RegExp("^" + field + ' = "(.+)"', "m").exec(manifest())[1])
		: args.at(-1).split("@");
	const bin = path.join(args[args.indexOf("--root") + 1], "bin");
	fs.mkdirSync(bin, { recursive: true });
	fs.writeFileSync(path.join(bin, name), "#!" + process.execPath + "\\nconsole.log('" + name + " " + version + "')\\n", { mode: 0o755 });
}
${before}
build();`,
	);
	return {
		calls: async () => {
			const lines = (await readFile(calls, "utf8").catch(() => "")).trim().split("\n");
			return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as CargoCall);
		},
	};
}

export interface CargoCall {
	args: string[];
	profile: Record<string, string>;
}
