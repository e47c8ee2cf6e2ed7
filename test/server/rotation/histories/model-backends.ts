/** Silence is counted in these pieces of time. */
export const STRETCH_MS = 300_000;
const STANDSTILL_MS = 300_000;
const JUMP_MS = 2_000;
const REPLACED_AFTER_MS = 600_000;
const GIVEN_UP_AFTER_MS = 24 * 3_600_000;

interface Backend {
	name: string;
	/** All that it counted before is written. */
	committedTo: number;
	activeAt: number;
	clocks: { at: number; monotonic: number };
	/** When its clock jumped, or it stood still, last: told with its next commit. */
	faultAt: number;
	isRegistered: boolean;
}

/** What the backends on a database know of one another, by the rule: slowly, from what happened to each of them. */
export function createModelOfBackends() {
	const backends = new Map<string, Backend>();
	/** Stretches that began before it, and were not counted yet, do not count. */
	let silenceFrom = 0;

	const registered = () => [...backends.values()].filter(({ isRegistered }) => isRegistered);
	const of = (id: string): Backend => {
		const backend = backends.get(id);
		if (backend === undefined) throw new Error(`There is no backend ${id}.`);
		return backend;
	};
	const startAnewAt = (at: number): void => void (silenceFrom = Math.max(silenceFrom, at));

	function active(backend: Backend, at: number): void {
		if (at - backend.activeAt > STANDSTILL_MS) backend.faultAt = at;
		backend.activeAt = at;
	}

	function commit(backend: Backend, at: number): void {
		for (const other of registered()) {
			if (other === backend) continue;
			const silentFor = at - other.committedTo;
			const isReplaced = other.name === backend.name && silentFor > REPLACED_AFTER_MS;
			if (!isReplaced && silentFor <= GIVEN_UP_AFTER_MS) continue;
			other.isRegistered = false;
			startAnewAt(at);
		}
		if (!backend.isRegistered) startAnewAt(at);
		backend.isRegistered = true;
		backend.committedTo = at;
		startAnewAt(backend.faultAt);
	}

	return {
		started(id: string, { name, at, monotonic }: { name: string; at: number; monotonic: number }): void {
			const isAlone = registered().length === 0;
			const clocks = { at, monotonic };
			const backend = { name, committedTo: at, activeAt: at, clocks, faultAt: 0, isRegistered: true };
			backends.set(id, backend);
			commit(backend, at);
			// No backend ran before.
			if (isAlone) startAnewAt(at);
		},
		/** It counted a request. */
		active: (id: string, at: number): void => active(of(id), at),
		/** It wrote all that it counted before. */
		flushed(id: string, at: number, monotonic: number): void {
			const backend = of(id);
			active(backend, at);
			const drift = at - backend.clocks.at - (monotonic - backend.clocks.monotonic);
			if (Math.abs(drift) > JUMP_MS) backend.faultAt = at;
			backend.clocks = { at, monotonic };
			if (Math.floor(at / STRETCH_MS) > Math.floor(backend.committedTo / STRETCH_MS)) commit(backend, at);
		},
		/** It was shut down, after a flush. */
		stopped(id: string): void {
			startAnewAt(of(id).faultAt);
			backends.delete(id);
		},
		/** Up to when all have written what they counted. */
		committedTo(): number {
			const all = registered();
			return all.length === 0 ? 0 : Math.min(...all.map(({ committedTo }) => committedTo));
		},
		silenceFrom: (): number => silenceFrom,
	};
}

export type ModelOfBackends = ReturnType<typeof createModelOfBackends>;
