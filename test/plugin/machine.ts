import { startPureModules } from "./pure-module.ts";

/** The state machine of the built plugin, one event after another. */
export interface Machine {
	/** Sends an event. Effects of earlier events are answered by their number. */
	send: (event: Record<string, unknown>) => Promise<MachineEffect[]>;
	/** Answers the newest effect of that kind. */
	answer: (kind: string, event: Record<string, unknown>) => Promise<MachineEffect[]>;
	/** Lets the newest timer of that many seconds fire, then. */
	fire: (seconds: number) => Promise<MachineEffect[]>;
	phase: () => string;
	screen: () => Promise<Record<string, unknown>>;
	/** All effects so far. */
	effects: MachineEffect[];
	/** Continues from here in another direction. */
	fork: () => Machine;
}

export interface MachineEffect {
	kind: string;
	id: number;
	attempt: number;
	seconds?: number;
	key?: string;
	address?: { text: string };
}

interface State {
	phase: { kind: string };
}

export const ADDRESS = {
	text: "https://keys.example.com",
	host: "keys.example.com",
	secure: true,
	loopback: false,
	port: 443,
};
const keyOf = (letter: string) => `auxvyn_${letter.repeat(60)}`;
export const OLD = keyOf("a");
export const NEW = keyOf("b");

export function look(key?: string, more: Record<string, unknown> = {}) {
	const found = { key, keyId: "key_old", hint: "aaaa", address: ADDRESS, path: "ServerScriptService.Auxvyn" };
	const marks = { form: "current", lostMarks: false, updatable: false, asks: [], warnings: [], apis: [] };
	const place = key === undefined ? { kind: "none" } : { kind: "managed", found: { ...found, ...marks, ...more } };
	return { place, published: true, httpEnabled: true, address: ADDRESS, baked: ADDRESS };
}

export function report(keyId: string, workspaceId = "ws_1") {
	return { ok: true, value: { keyId, workspaceId, workspaceName: "Moonlit", label: "Production" } };
}

export const STARTED = {
	ok: true,
	value: {
		deviceCode: "device",
		userCode: "BCDF-GHJK",
		verificationUri: "https://keys.example.com/pair",
		expiresInSeconds: 600,
		intervalSeconds: 2,
	},
};
export const GRANTED = {
	ok: true,
	value: {
		key: NEW,
		keyId: "key_new",
		label: "Second",
		workspaceId: "ws_1",
		workspaceName: "Moonlit",
		approvedBy: "Moonlit",
	},
};
export const PENDING = { ok: false, pending: true, slower: false };
export const failing = (kind: string, more = {}) => ({ ok: false, failure: { kind, ...more } });
export const REVOKED = failing("unauthorized", { code: "revoked_key" });

/** `key`: the one in the place. */
export async function startMachine(key?: string): Promise<Machine> {
	const luau = await startPureModules();
	const initial = (await luau("connect/machine/transition", "initialState", look(key))) as State;
	return machineFrom(initial, 0, look(key), []);

	function machineFrom(first: State, start: number, firstLook: unknown, earlier: MachineEffect[]): Machine {
		let state = first;
		let now = start;
		let seen = firstLook;
		const effects = [...earlier];
		const machine: Machine = {
			effects,
			phase: () => state.phase.kind,
			screen: async () => (await luau("connect/machine/screen", "show", state)) as Record<string, unknown>,
			send: async (event) => {
				seen = event["look"] ?? seen;
				const step = (await luau("connect/machine/transition", "transition", state, { now, look: seen, ...event })) as {
					state: State;
					effects: MachineEffect[];
				};
				state = step.state;
				const wanted = Array.isArray(step.effects) ? step.effects : [];
				effects.push(...wanted);
				return wanted;
			},
			answer: (kind, event) => {
				const effect = effects.findLast((each) => each.kind === kind);
				if (effect === undefined) throw new Error(`The machine wanted no ${kind}.`);
				return machine.send({ id: effect.id, attempt: effect.attempt, ...event });
			},
			fire: (seconds) => {
				const timer = effects.findLast((each) => each.kind === "timer" && Math.round(each.seconds ?? 0) === seconds);
				if (timer === undefined) throw new Error(`The machine wanted no timer of ${seconds} s.`);
				now += seconds;
				return machine.send({ kind: "timer", id: timer.id, attempt: timer.attempt });
			},
			fork: () => machineFrom(state, now, seen, effects),
		};
		return machine;
	}
}
