import { setTimeout as sleep } from "node:timers/promises";

import { pick } from "../guards/random.ts";
import type { Cluster } from "../postgres/cluster.ts";
import type { Operation } from "./explain.ts";
import { recordHistory, type RecordOptions } from "./record.ts";

/** Each makes its fault, and resolves once it is over; by their names. `ended`: no one asks anything any more. */
export type Faults = Readonly<Record<string, (ended: Promise<void>) => Promise<void>>>;

export interface FaultOptions {
	faults: Faults;
	/** Chooses their order. */
	faultRandom: () => number;
	/** How many answers there are on average from the end of a fault to the next one. */
	answersBetween: number;
}

const CONNECTIONS = ["checks", "reads", "writes", "commits"];

/**
 * Records a history while faults happen, one after another: all of them in a random order, again and again. Each happens
 * at least once.
 * @returns the keys, and how often each fault happened
 */
export async function recordUnderFaults(options: Omit<RecordOptions, "isEnough" | "signal"> & FaultOptions) {
	const kinds = Object.keys(options.faults);
	const played = new Map<string, number>();
	const stop = new AbortController();
	const isEnough = () => played.size === kinds.length;
	const recording = recordHistory({ ...options, isEnough, signal: stop.signal });
	try {
		await playFaults(options, { history: options.history, recording, played });
	} catch (error) {
		stop.abort(error);
		throw error;
	}
	return { keys: await recording, played };
}

interface Play {
	history: readonly Operation[];
	recording: Promise<unknown>;
	played: Map<string, number>;
}

async function playFaults({ faults, faultRandom, answersBetween }: FaultOptions, { history, recording, played }: Play) {
	const answered = countAnswered(history);
	let hasEnded = false;
	const isOver = () => hasEnded;
	const end = () => void (hasEnded = true);
	const ended = recording.then(end, end);
	for (let left: string[] = []; ;) {
		// By what was answered and not by time, so that on a busy machine something happens in between.
		const enough = answered() + faultRandom() * 2 * answersBetween;
		while (!isOver() && answered() < enough) await sleep(5);
		if (isOver()) return;
		if (left.length === 0) left = Object.keys(faults);
		const next = pick(faultRandom, left);
		left = left.filter((each) => each !== next);
		await faults[next]?.(ended);
		played.set(next, (played.get(next) ?? 0) + 1);
	}
}

/** A crash of the database, a connection that ends, or a pause. */
export function databaseFaults(cluster: Cluster, random: () => number): Faults {
	return {
		async "PostgreSQL killed"() {
			await cluster.kill();
			await sleep(random() * 300);
			await cluster.launch();
		},
		async "connections terminated"() {
			await cluster.sql(
				"postgres",
				`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'auxvyn ${pick(random, CONNECTIONS)}'`,
			);
		},
		async "PostgreSQL paused"() {
			cluster.pause(true);
			await sleep(random() * 500);
			cluster.pause(false);
		},
	};
}

/** How many of the operations so far have an answer. */
function countAnswered(history: readonly Operation[]): () => number {
	let [looked, answered] = [0, 0];
	return () => {
		for (; looked < history.length; looked += 1) if (history[looked]?.answeredAt !== Infinity) answered += 1;
		return answered;
	};
}
