import { appendFile, cp, mkdir, readdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";

import { describe, expect, test } from "vitest";

import { REPOSITORY } from "../../plugin/build/repository.ts";
import { findTool } from "../../plugin/build/tools.ts";
import { fakeCargo, fakeMachine, pinnedVersion, toolSource } from "./fake-tools.ts";
import { fakeProgram, temporaryFolder } from "./helper.ts";

const version = await pinnedVersion("rojo");
const quiet = { log: () => undefined };

describe("finding rojo", () => {
	test("uses the one on PATH with the pinned version, and skips others", async () => {
		const { bin, env } = await fakeMachine();
		await fakeProgram(bin, "rojo", toolSource("Rojo", "7.4.0"));
		const right = await fakeProgram(path.join(bin, "second"), "rojo", toolSource("Rojo", version));
		const both = { ...env, PATH: [bin, path.join(bin, "second")].join(path.delimiter) };

		expect(await findTool("rojo", { env: both, ...quiet })).toBe(right);
	});

	test("does not use a version that only starts like the pinned one", async () => {
		const { bin, env } = await fakeMachine();
		await fakeProgram(bin, "rojo", toolSource("Rojo", `${version}-rc.1`));

		await expect(findTool("rojo", { env, ...quiet })).rejects.toThrow(`is ${version}-rc.1`);
	});

	test("uses the one in the cache if PATH has none, or one that does not run", async () => {
		const { bin, cache, env } = await fakeMachine();
		await fakeProgram(bin, "rojo", "process.exit(1);");
		const folder = path.join(cache, "tools", `rojo-${version}`, "bin");
		const cached = await fakeProgram(folder, "rojo", toolSource("Rojo", version));

		expect(await findTool("rojo", { env, ...quiet })).toBe(cached);
	});

	test("lets rokit install it, without prompts, if rokit is installed", async () => {
		const { bin, home, env } = await fakeMachine();
		const stored = path.join(home, ".rokit", "tool-storage", "rojo-rbx", "rojo", version);
		const ready = await fakeProgram(path.join(home, "downloads"), "rojo", toolSource("Rojo", version));
		await fakeProgram(
			bin,
			"rokit",
			`const fs = require("node:fs");
			if (process.argv.slice(2).join(" ") !== "install --no-trust-check") process.exit(1);
			fs.mkdirSync(${JSON.stringify(stored)}, { recursive: true });
			fs.renameSync(${JSON.stringify(ready)}, ${JSON.stringify(path.join(stored, "rojo"))});`,
		);

		expect(await findTool("rojo", { env, ...quiet })).toBe(path.join(stored, "rojo"));
	});

	test("returns the program behind rokit's shim, which works in every folder", async () => {
		const { home, env } = await fakeMachine();
		const shims = path.join(home, ".rokit", "bin");
		await fakeProgram(shims, "rojo", toolSource("Rojo", version));
		const stored = path.join(home, ".rokit", "tool-storage", "rojo-rbx", "rojo", version);
		const program = await fakeProgram(stored, "rojo", toolSource("Rojo", version));

		expect(await findTool("rojo", { env: { ...env, PATH: shims }, ...quiet })).toBe(program);
	});

	test("if everything fails, says what is missing, what was tried, why it failed, and what to do", async () => {
		const { bin, cache, env } = await fakeMachine();
		await fakeProgram(bin, "rojo", toolSource("Rojo", "7.4.0"));

		const refusal = await findTool("rojo", { env, ...quiet }).catch((error: unknown) => String(error));
		expect(refusal).toContain(`rojo ${version} is needed`);
		expect(refusal).toContain(`${path.join(bin, "rojo")} is 7.4.0`);
		expect(refusal).toContain("rokit is not installed");
		expect(refusal).toContain("cargo is not installed");
		expect(refusal).toMatch(/What to do: install Rust/);
		expect(refusal).toContain(
			`put it on PATH, or here: ${path.join(cache, "tools", `rojo-${version}`, "bin", "rojo")}`,
		);
	});
});

test("a cache that is not writable is reported, with the setting that moves it", async () => {
	const { home, env } = await fakeMachine();
	const occupied = path.join(home, "a-file");
	await writeFile(occupied, "");

	const refusal = await findTool("rojo", { env: { ...env, AUXVYN_CACHE: occupied }, ...quiet }).catch(String);
	expect(refusal).toContain("set AUXVYN_CACHE to use another folder");
});

describe("building with cargo", () => {
	test("builds exactly the pinned version into the cache, and the next search finds it there", async () => {
		const machine = await fakeMachine();
		const cargo = await fakeCargo(machine);
		const log: string[] = [];

		const built = await findTool("rojo", { env: machine.env, log: (line) => log.push(line) });
		expect(built).toBe(path.join(machine.cache, "tools", `rojo-${version}`, "bin", "rojo"));
		expect(await findTool("rojo", { env: machine.env, ...quiet })).toBe(built);

		const calls = await cargo.calls();
		expect(calls).toHaveLength(1);
		expect(calls[0]?.args.slice(0, 2)).toEqual(["install", "--locked"]);
		expect(calls[0]?.args.at(-1)).toBe(`rojo@${version}`);
		expect(calls[0]?.profile).toMatchObject({ CARGO_PROFILE_RELEASE_OPT_LEVEL: "0", CARGO_PROFILE_RELEASE_LTO: "off" });
		expect(log.join("\n")).toMatch(/building it from crates\.io[\s\S]*built in/);
	});

	test("optimizes Lune's Luau interpreter", async () => {
		const machine = await fakeMachine();
		const cargo = await fakeCargo(machine);

		await findTool("lune", { env: machine.env, ...quiet });
		expect((await cargo.calls())[0]?.args).toContain("profile.release.package.mlua-sys.opt-level=2");
	});

	test("shows how many crates are compiled", async () => {
		const machine = await fakeMachine();
		const bar = "    Building [=====>      ] 120/345: serde\\r";
		await fakeCargo(machine, `process.stderr.write("${bar}");`);
		const statuses: string[] = [];
		const reporter = { line: () => undefined, status: (text: string) => void statuses.push(text) };

		await findTool("rojo", { env: machine.env, reporter });
		expect(statuses.at(-1)).toMatch(/^rojo \S+: 120 of 345 crates compiled, \d+ s$/);
	});

	test.each([
		["crates.io cannot be reached", "error: failed to download `serde`: [6] Could not resolve host: example.invalid"],
		[
			"this Rust is too old: 1.88 or newer is needed",
			"error: cannot install package `rojo`, it requires rustc 1.88 or newer",
		],
		["a C and C++ compiler is missing", "error: linker `cc` not found"],
		["the disk is full", "error: No space left on device (os error 28)"],
		["cargo install failed", "error: something unknown"],
	])("reports that %s, with cargo's output, and leaves nothing that looks finished", async (cause, said) => {
		const machine = await fakeMachine();
		await fakeCargo(machine, `console.error(${JSON.stringify(said)}); process.exit(101);`);

		const refusal = await findTool("rojo", { env: machine.env, ...quiet }).catch((error: unknown) => String(error));
		expect(refusal).toContain(cause);
		expect(refusal).toContain(said);
		expect(await readdir(path.join(machine.cache, "tools"))).not.toContain(`rojo-${version}`);
	});

	test("replaces a tool in the cache that does not run", async () => {
		const machine = await fakeMachine();
		await fakeCargo(machine);
		const folder = path.join(machine.cache, "tools", `rojo-${version}`, "bin");
		await mkdir(folder, { recursive: true });
		await rename(await fakeProgram(machine.home, "broken", "process.exit(1);"), path.join(folder, "rojo"));

		expect(await findTool("rojo", { env: machine.env, ...quiet })).toBe(path.join(folder, "rojo"));
	});

	test("builds luau-check from its source here, and again once that has changed", async () => {
		const repository = await temporaryFolder();
		const source = path.join(repository, "test", "luau");
		await cp(path.join(REPOSITORY, "test/luau"), source, { recursive: true });
		const machine = await fakeMachine();
		const cargo = await fakeCargo(machine);
		// Another build might be of other sources.
		await fakeProgram(machine.bin, "luau-check", toolSource("luau-check", "1.0.0"));
		const find = () => findTool("luau-check", { env: machine.env, repository, ...quiet });

		const first = await find();
		expect(first).toContain(path.join(machine.cache, "tools", "luau-check-1.0.0-"));
		expect(await find()).toBe(first);
		const calls = await cargo.calls();
		expect(calls).toHaveLength(1);
		expect(calls[0]?.args.slice(-2)).toEqual(["--path", source]);

		await appendFile(path.join(source, "src", "main.rs"), "// A change.\n");
		expect(await find()).not.toBe(first);
		expect(await cargo.calls()).toHaveLength(2);
	});
});
