import type { Snapshot } from "../http/snapshot.ts";

/** What a process tells its peers: changes of counts, by name, and the latest values. */
export interface Told {
	counts: Record<string, ToldChange[]>;
	latest: Record<string, unknown>;
}

/** A key, how much was added, and 1 if it was forgotten before. */
export type ToldChange = [key: string, added: number, forgotten: 0 | 1];

export type ToPrimary =
	| { kind: "listens" }
	| { kind: "told"; told: Told }
	/** Asks for the metrics of all others. */
	| { kind: "others"; id: number; own: Snapshot }
	| { kind: "snapshot"; id: number; snapshot: Snapshot };

export type ToWorker =
	/** From now on this worker does what one is enough for. */
	| { kind: "lead" }
	/** All workers listen: say so to the operator. */
	| { kind: "announce" }
	| { kind: "told"; told: Told }
	| { kind: "others"; id: number; others: Snapshot[] }
	/** Asks for the worker's metrics. */
	| { kind: "snapshot"; id: number };

/** The environment variable in which a worker finds its `WorkerSettings`, as JSON. */
export const WORKER_VARIABLE = "AUXVYN_WORKER";

export interface WorkerSettings {
	/** From 1. The one that takes its place has the same. */
	number: number;
	leads: boolean;
	/** The folder of the built dashboard. */
	dashboard: string;
}
