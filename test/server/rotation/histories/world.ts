import type { WaitingCode } from "../../../../shared/wire.ts";
import { randomFrom } from "../../../guards/random.ts";
import { act } from "./act.ts";
import { checkOutcome, checkShown, type Moment } from "./check.ts";
import { createFaults, type Faults } from "./faults.ts";
import { beginHistory, type History } from "./history.ts";
import { createModelOfBackends, type ModelOfBackends } from "./model-backends.ts";
import type { HistoryBackend, Product } from "./product.ts";

const LOG_LINES = 400;
const LOOKED_AT_SHARE = 0.25;

export interface World {
	product: Product;
	histories: History[];
	backends: ModelOfBackends;
	faults: Faults;
	random: () => number;
}

export interface WorldOptions {
	seed: number;
	product: Product;
	/** How many keys are replaced at once. */
	histories: number;
	steps: number;
	/** Whether weeks may pass. */
	mayRest: boolean;
	/** Told, for each history after each step, what its retirement waits for. */
	saw: (history: History, codes: readonly WaitingCode[]) => void;
}

/**
 * Plays histories of keys that are replaced, all with the same backends and the same clock, and compares them with the
 * model after each step.
 * @throws Error with the seed and what happened
 */
export async function playWorld({
	seed,
	product,
	histories: count,
	steps,
	mayRest,
	saw,
}: WorldOptions): Promise<History[]> {
	const random = randomFrom(seed);
	const backends = createModelOfBackends();
	const histories: History[] = [];
	const say = (line: string): void => histories.forEach(({ log }) => log.push(line));
	const rate = [0, 0.3, 1][Math.floor(random() * 3)] ?? 1;
	const faults = createFaults({ product, model: backends, random, histories, rate, say });
	for (const name of random() < 0.5 ? ["one"] : ["one", "two"]) await faults.start(name);
	const world: World = { product, histories, backends, faults, random };
	for (let index = 0; index < count; index += 1) {
		const backend = faults.up();
		if (backend === undefined) throw new Error("No backend is up.");
		const own = { name: `seed ${seed}, history ${index}`, random: randomFrom(seed * 1_000 + index) };
		histories.push(await beginHistory(own, { backend, backends }));
	}
	const restsAt = mayRest && random() < 0.3 ? Math.floor(random() * steps) : -1;
	for (let step = 0; step < steps && histories.some(({ isOver }) => !isOver); step += 1) {
		await faults.next();
		if (step === restsAt) rest(world);
		product.clock.advance(5 + Math.floor(random() * 70_000) / 1_000);
		await playStep(world, saw);
	}
	await product.close();
	return histories;
}

/** Days pass. */
function rest({ product, histories, random }: World): void {
	product.clock.advance(Math.floor(random() * 15 * 86_400));
	// The model knows more of places than 200, and more than 14 days of them.
	for (const history of histories) history.isOver ||= history.visitedMany;
}

async function playStep(world: World, saw: WorldOptions["saw"]): Promise<void> {
	const { product, histories, backends, faults } = world;
	const elapsed = product.clock.monotonic();
	const alive = histories.filter(({ isOver }) => !isOver);
	for (const history of alive)
		await telling(history, () => act(history, { route: faults.route, backends, elapsed, console: faults.up() }));
	await faults.flush();
	const judge = faults.up();
	if (judge === undefined) return;
	await faults.flushFirst();
	await judge.examine();
	await compare(world, alive, { judge, moment: { now: judge.now(), elapsed, backends, saw } });
}

/** What was revoked or examined just now, and some of the rest, since looking takes longest. */
async function compare(
	{ random }: World,
	histories: readonly History[],
	{ judge, moment }: { judge: HistoryBackend; moment: Moment },
): Promise<void> {
	const shown: History[] = [];
	for (const history of histories) {
		const outcome = judge.outcome(history.old);
		await telling(history, () => checkOutcome(history, outcome, moment));
		const isLookedAt = outcome.examinedAt === moment.now || random() < LOOKED_AT_SHARE;
		if (!history.isOver && history.model.state() !== undefined && isLookedAt) shown.push(history);
	}
	const keys = await judge.look(shown.map(({ old }) => old));
	for (const history of shown) {
		const retirement = keys.get(history.old.id)?.retirement ?? null;
		await telling(history, () => checkShown(history, retirement, moment));
	}
}

/** Has errors say which history it was, and how it came to that. */
async function telling(history: History, work: () => Promise<void> | void): Promise<void> {
	try {
		await work();
	} catch (error) {
		const log = history.log.slice(-LOG_LINES).join("\n");
		throw new Error(`${history.name}: ${error instanceof Error ? error.message : String(error)}\n${log}`, {
			cause: error,
		});
	}
}
