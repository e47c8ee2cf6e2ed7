import cluster from "node:cluster";

import { ProblemError } from "../errors/problem-error.ts";
import type { Change, Peers, Tell } from "../http/peers.ts";
import type { Snapshot } from "../http/snapshot.ts";
import { type Told, type ToPrimary, type ToWorker, WORKER_VARIABLE, type WorkerSettings } from "./messages.ts";
import { createOutbox } from "./outbox.ts";

/** How long what happens here is gathered before the others are told. */
const TELL_AFTER_MS = 50;
/** The primary process waits a second for each worker. */
const METRICS_TIMEOUT_MS = 3_000;

/** A worker's connection to the primary process, and through it to its peers. */
export interface PrimaryConnection {
	dashboard: string;
	peers: Peers;
	/** Calls `close` when the primary process has ended, or has this worker end. */
	closeWhenLeft(close: () => void): void;
	/** Says that this worker listens. `announce` is called if it is the one to tell the operator that all do. */
	listens(announce: () => Promise<void>): void;
}

/** @throws Error in a process that is no worker */
export function connectToPrimary(): PrimaryConnection {
	const { worker } = cluster;
	const given = process.env[WORKER_VARIABLE];
	if (worker === undefined || given === undefined) throw new Error("Only npm start, with WEB_CONCURRENCY, runs this.");
	Reflect.deleteProperty(process.env, WORKER_VARIABLE);
	const { number, dashboard, ...first } = JSON.parse(given) as WorkerSettings;
	let { leads } = first;
	let announce = async (): Promise<void> => undefined;
	let close = (): void => process.exit(0);
	let own: () => Snapshot = () => [];
	let asked = 0;
	const waiting = new Map<number, (others: Snapshot[]) => void>();
	const appliesCounts = new Map<string, Tell<[key: string, change: Change]>>();
	const appliesLatest = new Map<string, Tell<[value: never]>>();

	// With a callback a failure, as when the primary process has ended, is no uncaught error.
	const send = (message: ToPrimary, sent: () => void = () => undefined): void => void process.send?.(message, sent);
	const outbox = createOutbox({ send: (told, sent) => send({ kind: "told", told }, sent), delayMs: TELL_AFTER_MS });

	function take({ counts, latest }: Told): void {
		for (const [name, changes] of Object.entries(counts)) {
			const apply = appliesCounts.get(name);
			for (const [key, added, forgotten] of changes) apply?.(key, { added, forgotten: forgotten === 1 });
		}
		for (const [name, value] of Object.entries(latest)) appliesLatest.get(name)?.(value as never);
	}

	function receive(message: ToWorker): void {
		switch (message.kind) {
			case "lead":
				leads = true;
				break;
			case "announce":
				void announce();
				break;
			case "told":
				take(message.told);
				break;
			case "snapshot":
				send({ kind: "snapshot", id: message.id, snapshot: own() });
				break;
			case "others":
				waiting.get(message.id)?.(message.others);
		}
	}

	worker.on("message", receive);
	// Node's own messages, while the primary process ends at the same time.
	worker.on("error", () => undefined);
	worker.on("disconnect", () => {
		// Otherwise Node ends this process at once.
		worker.exitedAfterDisconnect = true;
		close();
	});

	function askForOthers(snapshot: Snapshot): Promise<Snapshot[]> {
		const id = ++asked;
		return new Promise<Snapshot[]>((resolve, reject) => {
			const timer = setTimeout(() => reject(noAnswer()), METRICS_TIMEOUT_MS);
			waiting.set(id, (others) => {
				clearTimeout(timer);
				resolve(others);
			});
			send({ kind: "others", id, own: snapshot });
		}).finally(() => waiting.delete(id));
	}

	const peers: Peers = {
		worker: number,
		leads: () => leads,
		shareCounts(name, apply) {
			if (appliesCounts.has(name)) throw new RangeError(`Two counts have the name ${name}.`);
			appliesCounts.set(name, apply);
			return (key, change) => outbox.change(name, key, change);
		},
		shareLatest(name, apply) {
			appliesLatest.set(name, apply);
			return (value) => outbox.setLatest(name, value);
		},
		shareMetrics(read) {
			own = read;
			return async () => {
				const snapshot = read();
				return [snapshot, ...(await askForOthers(snapshot))];
			};
		},
	};
	return {
		dashboard,
		peers,
		closeWhenLeft: (action) => void (close = action),
		listens(action) {
			announce = action;
			send({ kind: "listens" });
		},
	};
}

/** Without the others' figures, totals would seem to go down. */
function noAnswer(): ProblemError {
	return new ProblemError(503, "not_ready", "The server's other processes do not answer. Try again later.", {
		headers: { "Retry-After": "5" },
	});
}
