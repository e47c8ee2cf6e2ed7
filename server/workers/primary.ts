import cluster, { type Worker } from "node:cluster";
import { fileURLToPath } from "node:url";

import { closeOnSignal, closeWhenOrphaned } from "../closing.ts";
import type { Config } from "../config.ts";
import type { OutputGuard } from "../output.ts";
import { createHub } from "./hub.ts";
import { type ToPrimary, WORKER_VARIABLE, type WorkerSettings } from "./messages.ts";
import { createPrimaryLog } from "./primary-log.ts";
import { primaryMetrics } from "./primary-metrics.ts";
import { createReplacementDelay } from "./replacement-delay.ts";

/** Workers give open requests eight seconds. */
const KILL_AFTER_MS = 9_500;

export interface WorkersOptions {
	config: Config;
	/** The folder of the built dashboard. */
	dashboard: string;
	output: OutputGuard;
}

interface Slot {
	number: number;
	/** Undefined while it waits for the next one. */
	worker: Worker | undefined;
	listens: boolean;
	delay: ReturnType<typeof createReplacementDelay>;
}

/**
 * Runs the processes that serve, and replaces those that end, until a signal. They share the port: this process accepts
 * connections, and hands them out in turn.
 */
export async function runWorkers({ config, dashboard, output }: WorkersOptions): Promise<void> {
	const log = await createPrimaryLog(config);
	output.onRecovery((dropped) => log.warn({ dropped }, "lines of the log could not be written and are lost"));
	cluster.setupPrimary({ exec: fileURLToPath(new URL("../worker.js", import.meta.url)), args: [] });
	const slots = Array.from({ length: config.workers }, (_, index): Slot => {
		return { number: index + 1, worker: undefined, listens: false, delay: createReplacementDelay() };
	});
	let leader: Slot | undefined = slots[0];
	let replaced = 0;
	let state: "starting" | "running" | "closing" = "starting";
	let exitCode = 0;
	const hub = createHub({
		own: (answered) => primaryMetrics({ workers: slots.length, answered, replaced, droppedLines: output.dropped() }),
	});

	function start(slot: Slot): Promise<void> {
		const { promise, resolve } = Promise.withResolvers<undefined>();
		const settings: WorkerSettings = { number: slot.number, leads: slot === leader, dashboard };
		const worker = cluster.fork({ [WORKER_VARIABLE]: JSON.stringify(settings) });
		slot.worker = worker;
		slot.delay.started();
		hub.join(worker);
		function gone(code: number | null, how: string): void {
			hub.leave(worker);
			slot.worker = undefined;
			slot.listens = false;
			ended(slot, { code, how });
		}
		worker.on("error", ({ message }) => {
			// What was sent to a worker that has just ended: `exit` tells. One that never began has none.
			if (worker.process.pid === undefined && slot.worker === worker) gone(null, `could not be started (${message})`);
		});
		worker.on("message", (message: ToPrimary) => {
			hub.receive(worker, message);
			if (message.kind !== "listens") return;
			slot.listens = true;
			if (leader === undefined) lead(slot);
			resolve(undefined);
		});
		worker.once("exit", (code: number | null, signal: string | null) => {
			const before = slot.listens ? "" : " before it listened";
			gone(code, `${signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`}${before}`);
		});
		return promise;
	}

	function lead(slot: Slot | undefined): void {
		leader = slot;
		if (slot?.worker !== undefined) hub.send(slot.worker, { kind: "lead" });
	}

	function ended(slot: Slot, { code, how }: { code: number | null; how: string }): void {
		if (state === "starting") {
			// It has said why itself, unless it was killed.
			if (code !== 1) console.error(`Auxvyn cannot start: one of its processes ${how}.`);
			exitCode = 1;
			close();
		}
		if (state === "closing") {
			exitIfAlone();
			return;
		}
		if (leader === slot) lead(slots.find(({ listens }) => listens));
		const delayMs = slot.delay.next();
		replaced += 1;
		log.error({ worker: slot.number }, `Worker ${slot.number} ${how}. Another takes its place ${inSeconds(delayMs)}.`);
		setTimeout(() => {
			if (state !== "running") return;
			try {
				void start(slot);
			} catch (error) {
				// Node throws some failures, and emits others.
				ended(slot, { code: null, how: `could not be started (${(error as Error).message})` });
			}
		}, delayMs);
	}

	function exitIfAlone(): void {
		if (slots.every(({ worker }) => worker === undefined)) process.exit(exitCode);
	}

	const close = closeOnSignal(() => {
		state = "closing";
		// That is what tells them, also if this process is killed.
		for (const { worker } of slots) if (worker?.isConnected() === true) worker.process.disconnect();
		setTimeout(() => {
			for (const { number, worker } of slots) {
				if (worker === undefined) continue;
				log.warn({ worker: number }, `Worker ${number} does not end, and is killed.`);
				worker.process.kill("SIGKILL");
			}
		}, KILL_AFTER_MS);
		exitIfAlone();
	});
	closeWhenOrphaned(close);

	// The first one alone creates or migrates the database.
	const [first, ...others] = slots;
	if (first !== undefined) await start(first);
	await Promise.all(others.map(start));
	state = "running";
	if (first?.worker !== undefined) hub.send(first.worker, { kind: "announce" });
}

function inSeconds(milliseconds: number): string {
	return milliseconds === 0 ? "now" : `in ${milliseconds / 1000} s`;
}
