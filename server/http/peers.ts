import type { Snapshot } from "./snapshot.ts";

/** What happened to the count of a key: it was forgotten, and then so many were added; negative: taken back. */
export interface Change {
	forgotten: boolean;
	added: number;
}

export type Tell<Told extends unknown[]> = (...told: Told) => void;

/** The other processes that serve the same port of this machine. What they are told, they know within a moment. */
export interface Peers {
	/** The number of this process, from 1; undefined: there are no others. */
	readonly worker: number | undefined;
	/** Whether this process does what one of them is enough for. */
	leads(): boolean;
	/** Calls `apply` with changes of counts that others tell. Returns the function that tells them. `name` is unique. */
	shareCounts(name: string, apply: Tell<[key: string, change: Change]>): Tell<[key: string, change: Change]>;
	/** The same, for a value of which only the latest matters, in JSON. */
	shareLatest<Value>(name: string, apply: Tell<[value: Value]>): Tell<[value: Value]>;
	/**
	 * Lets others read this process's metrics. Returns a function that collects those of all processes, this one first.
	 */
	shareMetrics(own: () => Snapshot): () => Promise<Snapshot[]>;
}

/** Of a process that serves its port alone. */
export const noPeers: Peers = {
	worker: undefined,
	leads: () => true,
	shareCounts: () => () => undefined,
	shareLatest: () => () => undefined,
	shareMetrics: (own) => async () => [own()],
};
