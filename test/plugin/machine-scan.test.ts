import { expect, test } from "vitest";

import { GRANTED, look, type Machine, NEW, report, STARTED, startMachine } from "./machine.ts";

const scanned = (finds: unknown[] = [], changed = false) => ({ kind: "scanned", report: { finds, changed } });
const kinds = (effects: { kind: string }[]) => effects.map(({ kind }) => kind);
/** Answers the scan that was wanted before the last one. */
function answerFirst(machine: Machine) {
	const first = machine.effects.find(({ kind }) => kind === "scan");
	return machine.send({ id: first?.id, attempt: first?.attempt, ...scanned() });
}

/** A machine that is looking through the whole place. */
async function scanning(): Promise<Machine> {
	const machine = await startMachine();
	await machine.send({ kind: "visible", visible: true });
	expect(kinds(await machine.send({ kind: "check-place" }))).toEqual(["scan"]);
	expect(machine.phase()).toBe("scanning");
	return machine;
}

/** A machine at home, right after an install, with the look through the place under way. */
async function installed(): Promise<Machine> {
	const machine = await startMachine();
	await machine.send({ kind: "visible", visible: true });
	await machine.send({ kind: "connect" });
	await machine.answer("start", { kind: "started", outcome: STARTED });
	await machine.fire(2);
	await machine.answer("poll", { kind: "polled", address: look().address, outcome: GRANTED });
	const written = { kind: "written", result: { kind: "written", path: "", warnings: [] }, look: look(NEW) };
	await machine.answer("install", written);
	const effects = await machine.answer("whoami", { kind: "checked", key: NEW, outcome: report("key_new") });
	expect(kinds(effects)).toContain("scan");
	return machine;
}

test("a second click while the place is checked changes nothing", async () => {
	const machine = await scanning();
	expect(await machine.send({ kind: "check-place" })).toEqual([]);
	await machine.answer("scan", scanned());
	expect(machine.phase()).toBe("scan");
});

test("a click while the place is checked after an install begins anew, and the first answer counts no more", async () => {
	const machine = await installed();
	expect(kinds(await machine.send({ kind: "check-place" }))).toEqual(["scan"]);
	await answerFirst(machine);
	expect(machine.phase()).toBe("scanning");
	await machine.answer("scan", scanned());
	expect(machine.phase()).toBe("scan");
});

test("what was found after an install is shown until the key or the widget's visibility changes", async () => {
	const machine = await installed();
	await machine.answer("scan", scanned());
	expect(await machine.screen()).toMatchObject({ screen: { kind: "connected", report: { changed: false } } });
	await machine.send({ kind: "visible", visible: false });
	const { screen } = (await machine.screen()) as { screen: Record<string, unknown> };
	expect(screen).not.toHaveProperty("report");
});

test.each(["cancel", "hidden", "unload"])("a look that ended by %s is not answered any more", async (how) => {
	const machine = await scanning();
	await machine.send(how === "hidden" ? { kind: "visible", visible: false } : { kind: how });
	const phase = machine.phase();
	expect(phase).toBe(how === "unload" ? "closed" : "home");
	await machine.answer("scan", scanned());
	expect(machine.phase()).toBe(phase);
	const { screen } = (await machine.screen()) as { screen: Record<string, unknown> };
	expect(screen).not.toHaveProperty("report");
});

test("undo while the place is checked begins anew; other changes are followed by the look itself", async () => {
	const machine = await scanning();
	expect(await machine.send({ kind: "place-changed" })).toEqual([]);
	expect(kinds(await machine.send({ kind: "place-changed", undone: true }))).toEqual(["scan"]);
	await answerFirst(machine);
	expect(machine.phase()).toBe("scanning");
});

test("what is shown of the place is looked at again when it changed, and when the widget is opened again", async () => {
	const machine = await scanning();
	await machine.answer("scan", scanned());
	expect(kinds(await machine.fork().send({ kind: "place-changed" }))).toEqual(["scan"]);
	expect(await machine.send({ kind: "visible", visible: false })).toEqual([]);
	expect(kinds(await machine.send({ kind: "visible", visible: true }))).toEqual(["scan"]);
	expect(machine.phase()).toBe("scanning");
});
