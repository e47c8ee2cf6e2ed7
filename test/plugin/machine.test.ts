import { expect, test } from "vitest";

import {
	ADDRESS,
	failing,
	GRANTED,
	look,
	type Machine,
	type MachineEffect,
	NEW,
	OLD,
	PENDING,
	report,
	REVOKED,
	STARTED,
	startMachine,
} from "./machine.ts";

type Move = (machine: Machine) => Promise<MachineEffect[]>;

const WRITTEN = { kind: "written", result: { kind: "written", path: "", warnings: [] } };
const poll =
	(outcome: unknown): Move =>
	async (machine) => {
		await machine.fire(2);
		return machine.answer("poll", { kind: "polled", address: ADDRESS, outcome });
	};
const event =
	(kind: string, more = {}): Move =>
	(machine) =>
		machine.send({ kind, ...more });
const checked =
	(key: string, outcome: unknown): Move =>
	(machine) =>
		machine.answer("whoami", { kind: "checked", key, outcome });
const wrote =
	(result: unknown): Move =>
	(machine) =>
		machine.answer("replace", { kind: "written", result });

/** A reconnect from the first click to the end, step by step. */
const RECONNECT: [phase: string, move: Move][] = [
	["home", event("visible", { visible: true })],
	["home", checked(OLD, report("key_old"))],
	["starting", event("connect")],
	["code", (machine) => machine.answer("start", { kind: "started", outcome: STARTED })],
	["code", poll(PENDING)],
	["comparing", poll(GRANTED)],
	["writing", checked(OLD, report("key_old"))],
	["verifying", (machine) => machine.answer("replace", { ...WRITTEN, look: look(NEW, { keyId: "key_new" }) })],
	["home", checked(NEW, report("key_new"))],
];

/** The machine in each phase of a reconnect: in one that comes twice, the last time before the end. */
async function walk(): Promise<Map<string, Machine>> {
	const machine = await startMachine(OLD);
	const phases = new Map<string, Machine>();
	for (const [phase, move] of RECONNECT.slice(0, -1)) {
		await move(machine);
		expect(machine.phase()).toBe(phase);
		phases.set(phase, machine.fork());
	}
	return phases;
}

async function upTo(phase: string): Promise<Machine> {
	const machine = (await walk()).get(phase);
	if (machine === undefined) throw new Error(`A reconnect has no phase ${phase}.`);
	return machine;
}

const kinds = (effects: MachineEffect[]) => effects.map(({ kind }) => kind);
const revoked = (effects: MachineEffect[]) => effects.filter(({ kind }) => kind === "revoke").map(({ key }) => key);

test("a reconnect goes from step to step, asks the server about each key, and revokes none", async () => {
	const machine = await startMachine(OLD);
	for (const [phase, move] of RECONNECT) {
		await move(machine);
		expect(machine.phase()).toBe(phase);
	}
	expect(await machine.screen()).toMatchObject({
		screen: { kind: "connected", fresh: true, card: { check: { kind: "accepted" } } },
	});
	expect(revoked(machine.effects)).toEqual([]);
	expect(JSON.stringify(await machine.screen())).not.toContain("auxvyn_");
	const ids = machine.effects.map(({ id }) => id);
	expect(new Set(ids).size).toBe(ids.length);
});

const INTERRUPTED: [phase: string, event: string, then: string, revokes: string[]][] = [
	["starting", "cancel", "home", []],
	["code", "cancel", "home", []],
	["comparing", "cancel", "home", [NEW]],
	["writing", "cancel", "writing", []],
	["verifying", "cancel", "verifying", []],
	["starting", "unload", "closed", []],
	["code", "unload", "closed", []],
	["comparing", "unload", "closed", [NEW]],
	["writing", "unload", "closed", []],
	["verifying", "unload", "closed", []],
];

test("every step of a reconnect can be cancelled or unloaded, and only a key that is not in the place is revoked", async () => {
	const phases = await walk();
	for (const [phase, kind, then, revokes] of INTERRUPTED) {
		const machine = phases.get(phase)?.fork();
		const effects = (await machine?.send({ kind })) ?? [];
		expect([phase, kind, machine?.phase(), revoked(effects)]).toEqual([phase, kind, then, revokes]);
	}
});

test("an answer to a request that nobody waits for changes nothing, and a key in it is revoked once", async () => {
	const machine = await upTo("code");
	await machine.fire(2);
	await machine.send({ kind: "cancel" });
	const late = { kind: "polled", address: ADDRESS, outcome: GRANTED };
	expect(revoked(await machine.answer("poll", late))).toEqual([NEW]);
	expect(machine.phase()).toBe("home");
	expect(await machine.answer("poll", late)).toEqual([]);
	expect(await machine.answer("start", { kind: "started", outcome: STARTED })).toEqual([]);
	expect(machine.phase()).toBe("home");
});

test("a second answer with the key that is in the place by now does not revoke it", async () => {
	const machine = await upTo("verifying");
	const again = { kind: "polled", address: ADDRESS, outcome: GRANTED };
	expect(await machine.answer("poll", again)).toEqual([]);
	await checked(NEW, report("key_new"))(machine);
	expect(await machine.answer("poll", again)).toEqual([]);
});

const REFUSED_WRITES: [result: Record<string, unknown>, phase: string, revokes: string[]][] = [
	[{ kind: "busy" }, "held", []],
	[{ kind: "drafted" }, "drafted", []],
	[{ kind: "failed", failure: { kind: "scripts-prompted" }, restored: true }, "held", []],
	[{ kind: "failed", failure: { kind: "timed-out" }, restored: true }, "held", []],
	[{ kind: "failed", failure: { kind: "not-kept" }, restored: false }, "failed", []],
	[{ kind: "refused", refusal: { kind: "in-actor", path: "" } }, "home", [NEW]],
	// The editor took nothing, and the place still has what the user accepted.
	[{ kind: "changed" }, "held", []],
];

test("a write that Studio refuses leaves the key in hand, unless the place is no longer the accepted one", async () => {
	const writing = await upTo("writing");
	for (const [result, phase, revokes] of REFUSED_WRITES) {
		const machine = writing.fork();
		const effects = await wrote(result)(machine);
		expect([result, machine.phase(), revoked(effects)]).toEqual([result, phase, revokes]);
	}
});

test("of two who reconnect at once, the later write is refused, and its key revoked", async () => {
	const machine = await upTo("writing");
	const colleague = look(`auxvyn_${"c".repeat(60)}`);
	const effects = await machine.answer("replace", { kind: "written", result: { kind: "changed" }, look: colleague });
	expect(await machine.screen()).toMatchObject({ screen: { kind: "failed", reason: { kind: "place-changed" } } });
	expect(revoked(effects)).toEqual([NEW]);
});

test("a held key is written again on Retry by the same approval, and revoked on Cancel and at the end", async () => {
	const held = await upTo("writing");
	await wrote({ kind: "failed", failure: { kind: "scripts-denied" }, restored: true })(held);
	const [retried, cancelled, expired] = [held.fork(), held.fork(), held.fork()];
	expect(kinds(await retried.send({ kind: "retry" }))).toEqual(["replace"]);
	expect(revoked(await cancelled.send({ kind: "cancel" }))).toEqual([NEW]);
	const deadline = expired.effects.findLast(({ kind, seconds = 0 }) => kind === "timer" && seconds > 500);
	expect(revoked(await expired.send({ kind: "timer", id: deadline?.id, attempt: 1, now: 601 }))).toEqual([NEW]);
	expect(expired.phase()).toBe("failed");
});

test("a draft is finished, or taken back before its key is revoked", async () => {
	const drafted = await upTo("writing");
	await wrote({ kind: "drafted" })(drafted);
	const [committed, cancelled, kept] = [drafted.fork(), drafted.fork(), drafted.fork()];
	await committed.fire(1);
	await committed.answer("finish-draft", { ...WRITTEN, look: look(NEW) });
	expect(committed.phase()).toBe("verifying");
	expect(kinds(await cancelled.send({ kind: "cancel" }))).toEqual(["withdraw-draft"]);
	expect(revoked(await cancelled.answer("withdraw-draft", { kind: "withdrawn", restored: true }))).toEqual([NEW]);
	await kept.send({ kind: "cancel" });
	expect(revoked(await kept.answer("withdraw-draft", { kind: "withdrawn", restored: false }))).toEqual([]);
});

test("once the new key was presented, only a definite refusal puts the old one back, and only if that is accepted", async () => {
	const verifying = await upTo("verifying");
	for (const failure of ["timed-out", "request-limit", "server-error", "invalid-response"]) {
		const unanswered = verifying.fork();
		expect(kinds(await checked(NEW, failing(failure))(unanswered))).toEqual(["timer"]);
		expect(await unanswered.screen()).toMatchObject({ screen: { kind: "unconfirmed" } });
	}
	const otherKey = verifying.fork();
	await checked(NEW, report("key_other"))(otherKey);
	expect(await otherKey.screen()).toMatchObject({ screen: { kind: "unconfirmed" } });

	expect(kinds(await checked(NEW, REVOKED)(verifying))).toEqual(["whoami"]);
	const [accepted, refused, unknown] = [verifying.fork(), verifying.fork(), verifying.fork()];
	expect(kinds(await checked(OLD, report("key_old"))(accepted))).toEqual(["replace"]);
	await accepted.answer("replace", { ...WRITTEN, look: look(OLD) });
	expect(await accepted.screen()).toMatchObject({ screen: { kind: "failed", keyInPlace: "restored" } });
	await checked(OLD, REVOKED)(refused);
	expect(await refused.screen()).toMatchObject({ screen: { kind: "failed", keyInPlace: "new-rejected" } });
	await checked(OLD, failing("timed-out"))(unknown);
	expect(await unknown.screen()).toMatchObject({ screen: { kind: "unconfirmed" } });
});

test("a write that ends only after the plugin was unloaded still decides about its key", async () => {
	const closed = await upTo("writing");
	await closed.send({ kind: "unload" });
	const [taken, refused] = [closed.fork(), closed.fork()];
	expect(revoked(await taken.answer("replace", { ...WRITTEN, look: look(NEW) }))).toEqual([]);
	expect(revoked(await wrote({ kind: "changed" })(refused))).toEqual([NEW]);
});

test("at home the server is asked every ten seconds, less often after failures, and not while the widget is hidden", async () => {
	const machine = await startMachine(OLD);
	await machine.send({ kind: "visible", visible: true });
	await checked(OLD, report("key_old"))(machine);
	expect(kinds(await machine.fire(10))).toEqual(["whoami"]);
	const pauses: (number | undefined)[] = [];
	for (let failures = 0; failures < 4; failures++) {
		const [timer] = await checked(OLD, failing("timed-out"))(machine);
		pauses.push(timer?.seconds);
		await machine.fire(timer?.seconds ?? 0);
	}
	expect(pauses).toEqual([20, 40, 60, 60]);
	const [timer] = await checked(OLD, report("key_old"))(machine);
	expect(timer?.seconds).toBe(10);
	expect(await machine.send({ kind: "visible", visible: false })).toEqual([]);
	expect(await machine.fire(10)).toEqual([]);
	const back = await machine.send({ kind: "visible", visible: true });
	expect(kinds(back)).toEqual(["whoami"]);
	expect(await machine.screen()).toMatchObject({ screen: { card: { check: { kind: "checking" } } } });
});

test("nothing is asked about a key for another address, and both are named", async () => {
	const other = { ...ADDRESS, text: "http://evil.example", host: "evil.example", secure: false };
	const machine = await startMachine();
	const effects = await machine.send({ kind: "visible", visible: true, look: look(OLD, { address: other }) });
	effects.push(...(await machine.send({ kind: "connect" })), ...(await machine.send({ kind: "retry" })));
	expect(new Set(kinds(effects))).toEqual(new Set(["timer"]));
	expect(await machine.screen()).toMatchObject({
		screen: { kind: "refused", refusal: { kind: "other-address", keyAddress: other, pluginAddress: ADDRESS } },
	});
});

test("what is not Auxvyn's own is asked about each time it changes", async () => {
	const machine = await startMachine();
	const asks = [{ kind: "edited", lines: [12] }];
	await machine.send({ kind: "visible", visible: true, look: look(OLD, { asks, asked: "one" }) });
	await machine.send({ kind: "connect" });
	expect(machine.phase()).toBe("ask");
	await machine.send({ kind: "confirm", look: look(OLD, { asks, asked: "two" }) });
	expect(machine.phase()).toBe("ask");
	await machine.send({ kind: "confirm" });
	expect(machine.phase()).toBe("starting");
});

test("an id that is not the key's own makes Adopt available, which records what the server says", async () => {
	const machine = await startMachine();
	await machine.send({ kind: "visible", visible: true, look: look(OLD, { keyId: "key_other" }) });
	await checked(OLD, report("key_old"))(machine);
	expect(await machine.screen()).toMatchObject({ screen: { card: { adoptable: true } } });
	expect(await machine.send({ kind: "adopt" })).toMatchObject([{ kind: "adopt", found: { keyId: "key_old" } }]);
	await machine.answer("adopt", { ...WRITTEN, look: look(OLD) });
	await checked(OLD, report("key_old"))(machine);
	expect(await machine.screen()).toMatchObject({ screen: { card: { adoptable: false } } });
});
