/** Silence is counted in these pieces of time. */
export const STRETCH_MS = 300_000;
const STANDSTILL_MS = 300_000;
const JUMP_MS = 2_000;
const GIVEN_UP_AFTER_MS = 24 * 3_600_000;
/** A restart: where no backend ran for longer, servers may not have been heard. */
const PAUSE_MS = 60_000;

/** Time of which silence says nothing. */
interface Gap {
	from: number;
	to: number;
}

interface Backend {
	/** The address that it listens on. */
	name: string;
	/** All that it counted before is written. */
	committedTo: number;
	activeAt: number;
	clocks: { at: number; monotonic: number };
	/** In which its clock jumped, or it stood still: told with its next commit. */
	untold: Gap[];
	isRegistered: boolean;
}

/** What the backends on a database know of one another, by the rule: slowly, from what happened to each of them. */
export function createModelOfBackends() {
	const backends = new Map<string, Backend>();
	const gaps: Gap[] = [];
	/** Until when any of them ran. */
	let latest = 0;

	const registered = () => [...backends.values()].filter(({ isRegistered }) => isRegistered);
	const of = (id: string): Backend => {
		const backend = backends.get(id);
		if (backend === undefined) throw new Error(`There is no backend ${id}.`);
		return backend;
	};

	function active(backend: Backend, at: number): void {
		if (at - backend.activeAt > STANDSTILL_MS) backend.untold.push({ from: backend.activeAt, to: at });
		backend.activeAt = at;
	}

	function end(backend: Backend, at: number): void {
		backend.isRegistered = false;
		gaps.push({ from: backend.committedTo, to: at });
	}

	function commit(backend: Backend, at: number): void {
		for (const other of registered()) {
			if (other !== backend && at - other.committedTo > GIVEN_UP_AFTER_MS) end(other, at);
		}
		if (!backend.isRegistered) gaps.push({ from: backend.committedTo, to: at });
		backend.isRegistered = true;
		backend.committedTo = at;
		tell(backend, at);
	}

	function tell(backend: Backend, at: number): void {
		gaps.push(...backend.untold.splice(0));
		latest = Math.max(latest, at);
	}

	return {
		/** A backend starts, and listens on the address. */
		started(id: string, { name, at, monotonic }: { name: string; at: number; monotonic: number }): void {
			if (registered().length === 0 && at - latest >= PAUSE_MS) gaps.push({ from: latest, to: at });
			const clocks = { at, monotonic };
			const backend = { name, committedTo: at, activeAt: at, clocks, untold: [], isRegistered: true };
			for (const other of registered()) if (other.name === name) end(other, at);
			backends.set(id, backend);
			commit(backend, at);
		},
		/** It counted a request. */
		active: (id: string, at: number): void => active(of(id), at),
		/** It wrote all that it counted before. */
		flushed(id: string, at: number, monotonic: number): void {
			const backend = of(id);
			const drift = at - backend.clocks.at - (monotonic - backend.clocks.monotonic);
			if (Math.abs(drift) > JUMP_MS) backend.untold.push({ from: backend.clocks.at, to: at });
			active(backend, at);
			backend.clocks = { at, monotonic };
			if (Math.floor(at / STRETCH_MS) > Math.floor(backend.committedTo / STRETCH_MS)) commit(backend, at);
		},
		/** It was shut down, after a flush. */
		stopped(id: string): void {
			const backend = of(id);
			tell(backend, backend.clocks.at);
			backends.delete(id);
		},
		/** Up to when all have written what they counted. */
		committedTo(): number {
			const all = registered();
			return all.length === 0 ? 0 : Math.min(...all.map(({ committedTo }) => committedTo));
		},
		/** All that happened in the stretch was heard. */
		isHeard: (stretch: number): boolean =>
			!gaps.some(({ from, to }) => from < (stretch + 1) * STRETCH_MS && to > stretch * STRETCH_MS),
	};
}

export type ModelOfBackends = ReturnType<typeof createModelOfBackends>;
