import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { expect, test } from "vitest";

import { fakeCargo, type FakeMachine, fakeMachine, pinnedVersion } from "./fake-tools.ts";
import { moduleCode, startNode } from "./helper.ts";

const version = await pinnedVersion("rojo");

/** Prints its progress for the test, and continues once the file `go` exists. */
const UNTIL_GO = (machine: FakeMachine) => `
fs.writeFileSync(${JSON.stringify(path.join(machine.home, "cargo-pid"))}, String(process.pid));
process.on("SIGTERM", () => { fs.writeFileSync(${JSON.stringify(path.join(machine.home, "cargo-was-ended"))}, ""); process.exit(143); });
console.error("   Building [> ] 1/2: waiting");
const go = ${JSON.stringify(path.join(machine.home, "go"))};
const timer = setInterval(() => { if (fs.existsSync(go)) { clearInterval(timer); build(); } }, 20);
return;`;

function search(machine: FakeMachine) {
	const code = 'console.log("FOUND", await it.findTool("rojo", { log: (line) => console.log(line) }));';
	return startNode(moduleCode("plugin/build/tools.ts", code), { env: machine.env });
}

test("two processes that need rojo at once build it once, and the second reports that it waits", async () => {
	const machine = await fakeMachine();
	const cargo = await fakeCargo(machine, UNTIL_GO(machine));

	const first = search(machine);
	await first.says("1 of 2 crates compiled");
	const second = search(machine);
	await second.says("another process is building it; waiting");
	await writeFile(path.join(machine.home, "go"), "");

	const outputs = await Promise.all([first.ended, second.ended]);
	const found = path.join(machine.cache, "tools", `rojo-${version}`, "bin", "rojo");
	for (const { code, stdout } of outputs) {
		expect(code).toBe(0);
		expect(stdout).toContain(`FOUND ${found}`);
	}
	expect(await cargo.calls()).toHaveLength(1);
});

test("a terminated build terminates cargo", async () => {
	const machine = await fakeMachine();
	await fakeCargo(machine, UNTIL_GO(machine));

	const running = search(machine);
	await running.says("1 of 2 crates compiled");
	running.process.kill("SIGTERM");
	await running.ended;
	await expect.poll(() => readdir(machine.home)).toContain("cargo-was-ended");
});

test("a killed build leaves neither a tool nor a lock behind", async () => {
	const machine = await fakeMachine();
	const cargo = await fakeCargo(machine, UNTIL_GO(machine));

	const first = search(machine);
	await first.says("1 of 2 crates compiled");
	first.process.kill("SIGKILL");
	await first.ended;
	process.kill(await cargoPid(machine), "SIGKILL");
	expect(await readdir(path.join(machine.cache, "tools"))).not.toContain(`rojo-${version}`);

	await writeFile(path.join(machine.home, "go"), "");
	const { code, stdout } = await search(machine).ended;
	expect(code, stdout).toBe(0);
	expect(stdout).not.toContain("waiting");
	expect(await cargo.calls()).toHaveLength(2);
});

async function cargoPid(machine: FakeMachine): Promise<number> {
	return Number(await readFile(path.join(machine.home, "cargo-pid"), "utf8"));
}
