import { pick } from "../../../guards/random.ts";
import { type History, nameOf, open, type Route, send } from "./history.ts";
import type { ModelOfBackends } from "./model-backends.ts";
import type { HistoryBackend } from "./product.ts";

const MANY_PLACES = 201;

export interface Moment {
	route: Route;
	backends: ModelOfBackends;
	/** On the monotonic clock. */
	elapsed: number;
	/** For what people do. Undefined: no backend is up. */
	console: HistoryBackend | undefined;
}

/** Lets happen what happens in a game between two moments. */
export async function act(history: History, moment: Moment): Promise<void> {
	await runServers(history, moment);
	await runOthers(history, moment);
	publish(history);
	if (moment.console !== undefined) await decide(history, moment.console);
}

async function runServers(history: History, moment: Moment): Promise<void> {
	const { random, running, closed, places, old, habits } = history;
	const { elapsed } = moment;
	if (habits.manyPlaces) await visitManyPlaces(history, moment);
	for (const place of places.keys()) if (running.length < 6 && random() < 0.15) open(history, place, elapsed);
	for (const each of [...running]) {
		const isOld = each.key.id === old.id;
		const isEnding = random() < (isOld ? 0.08 : 0.01);
		if (isEnding) {
			running.splice(running.indexOf(each), 1);
			closed.push(each);
			// Or it crashes.
			if (random() < 0.7) await send(history, each, { ...moment, isGoodbye: true });
		} else if (each.sendsAt <= elapsed) {
			await send(history, each, moment);
			each.sendsAt = elapsed + (60 + random() * 15) * 1000;
		}
	}
	// Requests that were on their way.
	const late = closed.at(-1);
	if (late !== undefined && random() < 0.01) await send(history, late, moment);
}

async function runOthers(history: History, moment: Moment): Promise<void> {
	const { random, habits, old, line } = history;
	const key = pick(random, [old, ...line]);
	if (habits.customClient && random() < 0.015) await send(history, { key: old, server: null }, moment);
	if (random() < 0.03) await send(history, { key: line[0] ?? old, server: null }, moment);
	const reached = random() < 0.05 ? moment.route() : undefined;
	// Playtests and the plugin: no use.
	const headers: Record<string, string> = pick(random, [{ "x-auxvyn-studio": "1" }, { "x-auxvyn-protocol": "1" }]);
	if (reached !== undefined) await reached.backend.request(key, headers);
}

/** Each of them once with both keys, so that nothing but their number is wrong. */
async function visitManyPlaces(history: History, moment: Moment): Promise<void> {
	const { old, line, habits } = history;
	const reached = moment.route();
	const [next] = line;
	if (reached === undefined || next === undefined) return;
	const route = () => reached;
	for (let place = 1_000; place < 1_000 + MANY_PLACES; place += 1) {
		for (const [key, version] of [[old, 1] as const, [next, 2] as const]) {
			const server = { jobId: crypto.randomUUID(), place, version, heartbeat: 60 };
			await send(history, { key, server }, { ...moment, route });
			await send(history, { key, server }, { ...moment, route, isGoodbye: true });
		}
	}
	habits.manyPlaces = false;
	history.visitedMany = true;
}

function publish({ random, places, line, old, habits, log }: History): void {
	const newest = line.at(-1) ?? old;
	for (const [place, versions] of places) {
		const latest = versions.at(-1);
		if (latest === undefined) continue;
		const highest = Math.max(...versions.map(({ version }) => version));
		if (habits.leavesPlace && place === 1) continue;
		if (latest.key.id !== newest.id && random() < 0.08) {
			// A Secret was changed: nothing is published.
			const version = habits.changesSecret && random() < 0.5 ? latest.version : highest + 1;
			versions.push({ version, key: newest });
			log.push(`published ${place}@${version}`);
		} else if (habits.rollsBack && random() < 0.008) {
			const back = pick(random, versions);
			versions.push(back);
			log.push(`rolled back to ${place}@${back.version}`);
		}
	}
}

/** What people do. */
async function decide(history: History, backend: HistoryBackend): Promise<void> {
	const { random, habits, old, line, deleted, model, log } = history;
	const active = line.filter(({ id }) => !deleted.has(id));
	const state = model.state();
	if (habits.secondRotation && active.length > 0 && random() < 0.01) {
		const replaced = pick(random, active);
		const key = await backend.createKey(replaced);
		line.push(key);
		model.replaced(replaced.id, key.id);
		habits.secondRotation = false;
		log.push(`${nameOf(history, key)} replaces ${nameOf(history, replaced)}`);
	}
	if (habits.deletes && active.length > 0 && random() < 0.01) {
		const key = pick(random, active);
		deleted.add(key.id);
		await backend.revoke(key);
		model.revoked(key.id);
		habits.deletes = false;
		log.push(`deleted ${nameOf(history, key)}`);
	}
	const by = active.length === 0 ? undefined : pick(random, active);
	const begins = state === undefined ? random() < 0.06 : random() < (state === "asking" ? 0.02 : 0.002);
	if (by !== undefined && !deleted.has(by.id) && begins) {
		await backend.retire(old, by);
		model.retired(by.id, backend.now());
		log.push(`retired by ${nameOf(history, by)} at ${backend.now()}`);
	} else if (habits.cancels && state !== undefined && random() < 0.008) {
		await backend.keep(old);
		model.cancelled();
		history.wasCancelled = true;
		log.push("cancelled");
	}
}
