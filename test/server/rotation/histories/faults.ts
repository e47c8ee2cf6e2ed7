import { randomUUID } from "node:crypto";

import { pick } from "../../../guards/random.ts";
import type { History, Route } from "./history.ts";
import type { ModelOfBackends } from "./model-backends.ts";
import type { HistoryBackend, Product } from "./product.ts";

interface Running {
	id: string;
	name: string;
	backend: HistoryBackend;
	/** It stands still until then, on the monotonic clock. */
	frozenUntil: number;
}

/** A name under which a backend starts later, on the monotonic clock. */
interface Down {
	name: string;
	startsAt: number;
}

export interface FaultOptions {
	product: Product;
	model: ModelOfBackends;
	random: () => number;
	histories: readonly History[];
	/** How often things go wrong: 0 never, 1 often. */
	rate: number;
	say: (line: string) => void;
}

/** The backends of a history: they restart, crash and stand still, their clock jumps, and requests get lost. */
export function createFaults({ product, model, random, histories, rate, say }: FaultOptions) {
	const { clock } = product;
	let running: Running[] = [];
	let down: Down[] = [];
	let outageUntil = 0;
	const elapsed = (): number => clock.monotonic();
	const isUp = ({ frozenUntil }: Running): boolean => frozenUntil <= elapsed();

	async function start(name: string): Promise<void> {
		const backend = await product.start(name);
		const id = `${name}-${randomUUID().slice(0, 4)}`;
		model.started(id, { name, at: backend.now(), monotonic: elapsed() });
		running.push({ id, name, backend, frozenUntil: 0 });
		say(`${id} started at ${backend.now()}`);
	}

	async function flush({ id, backend }: Running): Promise<void> {
		const at = backend.now();
		await backend.flush();
		for (const history of histories) history.model.flushed(id);
		model.flushed(id, at, elapsed());
	}

	async function stop(each: Running): Promise<void> {
		const { id, backend } = each;
		running = running.filter((other) => other !== each);
		const at = backend.now();
		await backend.stop();
		for (const history of histories) history.model.flushed(id);
		model.flushed(id, at, elapsed());
		model.stopped(id);
		say(`${id} stopped at ${at}`);
	}

	async function kill(each: Running): Promise<void> {
		running = running.filter((other) => other !== each);
		await each.backend.kill();
		for (const history of histories) history.model.killed(each.id);
		say(`${each.id} killed at ${elapsed()}`);
	}

	async function happen(): Promise<void> {
		const each = running.length === 0 ? undefined : pick(random, running);
		const kind = pick(random, ["restart", "restart", "kill", "freeze", "jump", "jump", "outage", "outage"] as const);
		if (kind === "outage") {
			outageUntil = elapsed() + random() * 1_200_000;
			say("outage");
		} else if (kind === "jump") {
			const by = pick(random, [-600_000, -3_000, -1_500, 1_500, 2_500, 60_000, 240_000, 3_000_000]);
			clock.set(clock.now() + by);
			say(`clock jumped by ${by}`);
		} else if (each !== undefined && kind === "freeze") {
			each.frozenUntil = elapsed() + random() * 900_000;
			say(`${each.id} stands still until ${each.frozenUntil}`);
		} else if (each !== undefined) {
			await (kind === "kill" ? kill(each) : stop(each));
			const isBack = kind === "restart" || random() < 0.9;
			const after = random() < 0.5 ? 0 : random() * 1_500_000;
			down.push({ name: isBack ? each.name : randomUUID().slice(0, 4), startsAt: elapsed() + after });
		}
	}

	return {
		start,
		/** A request reaches one of the backends, or gets lost. */
		route: ((): ReturnType<Route> => {
			if (elapsed() < outageUntil || random() < 0.05) return undefined;
			const up = running.filter(isUp);
			return up.length === 0 ? undefined : pick(random, up);
		}) satisfies Route,
		/** A backend that is up. */
		up: (): HistoryBackend | undefined => running.find(isUp)?.backend,
		/** What goes wrong, and what comes back. */
		async next(): Promise<void> {
			if (random() < 0.05 * rate) await happen();
			const back = down.filter(({ startsAt }) => startsAt <= elapsed());
			down = down.filter((each) => !back.includes(each));
			for (const { name } of back) await start(name);
		},
		/** Those that are up write what they counted, most of the time. */
		async flush(): Promise<void> {
			for (const each of running.filter(isUp)) if (random() < 0.95) await flush(each);
		},
		/** Before it examines, a backend writes what it counted. */
		async flushFirst(): Promise<void> {
			const first = running.find(isUp);
			if (first !== undefined) await flush(first);
		},
	};
}

export type Faults = ReturnType<typeof createFaults>;
