import type { Worker } from "node:cluster";

import { combined, countersOf, type Snapshot } from "../http/snapshot.ts";
import type { ToPrimary, ToWorker } from "./messages.ts";
import { createOutbox, type Outbox } from "./outbox.ts";

/** A worker that does not answer within this time counts with its last known totals. */
const SNAPSHOT_TIMEOUT_MS = 1_000;

interface Member {
	outbox: Outbox;
	/** The last known. */
	snapshot: Snapshot;
}

export interface HubOptions {
	/** The primary process's own metrics, with how many workers have answered. */
	own: (answered: number) => Snapshot;
}

/** In the primary process: passes on what workers tell each other, and collects their metrics. */
export function createHub({ own }: HubOptions) {
	const members = new Map<Worker, Member>();
	/** The totals of workers that have ended. */
	let ended: Snapshot = [];
	let asked = 0;
	const waiting = new Map<number, () => void>();

	function send(worker: Worker, message: ToWorker, sent: () => void = () => undefined): void {
		// With a callback it is no uncaught error if the worker has just ended.
		if (worker.isConnected()) worker.send(message, undefined, sent);
		else sent();
	}

	/** Resolves to whether the worker has answered; `Member.snapshot` is up to date then. */
	async function update(worker: Worker): Promise<boolean> {
		const id = ++asked;
		const answered = await new Promise<boolean>((resolve) => {
			const timer = setTimeout(() => resolve(false), SNAPSHOT_TIMEOUT_MS);
			waiting.set(id, () => {
				clearTimeout(timer);
				resolve(true);
			});
			send(worker, { kind: "snapshot", id });
		});
		waiting.delete(id);
		return answered;
	}

	async function sendOthers(asker: Worker, id: number): Promise<void> {
		const answered = new Set<Worker>();
		await Promise.all(
			[...members.keys()]
				.filter((worker) => worker !== asker)
				.map(async (worker) => {
					if (await update(worker)) answered.add(worker);
				}),
		);
		// Those that have ended by now are among the ended ones.
		const others = [...members].filter(([worker]) => worker !== asker);
		const snapshots = others.map(([worker, { snapshot }]) => (answered.has(worker) ? snapshot : countersOf(snapshot)));
		const count = others.filter(([worker]) => answered.has(worker)).length;
		send(asker, { kind: "others", id, others: [...snapshots, ended, own(count + 1)] });
	}

	return {
		send,
		join(worker: Worker): void {
			const outbox = createOutbox({ send: (told, sent) => send(worker, { kind: "told", told }, sent), delayMs: 0 });
			members.set(worker, { outbox, snapshot: [] });
		},
		leave(worker: Worker): void {
			ended = combined([ended, countersOf(members.get(worker)?.snapshot ?? [])]);
			members.delete(worker);
		},
		receive(worker: Worker, message: ToPrimary): void {
			const from = members.get(worker);
			if (from === undefined) return;
			switch (message.kind) {
				case "told":
					for (const [other, { outbox }] of members) if (other !== worker) outbox.pass(message.told);
					break;
				case "snapshot":
					from.snapshot = message.snapshot;
					waiting.get(message.id)?.();
					break;
				case "others":
					from.snapshot = message.own;
					void sendOthers(worker, message.id);
			}
		},
	};
}
