import { expect, test } from "vitest";

import { createFigures, type Figures } from "./histories/figures.ts";
import { overHttp } from "./histories/over-http.ts";
import type { Product } from "./histories/product.ts";
import { withoutHttp } from "./histories/without-http.ts";
import { playWorld } from "./histories/world.ts";

/** `AUXVYN_HISTORIES=10000`: so many, in a run that takes its time and says what happened. */
const HISTORIES = Number(process.env["AUXVYN_HISTORIES"] ?? 0);
const IS_LONG = HISTORIES > 0;
const SEED = Number(process.env["AUXVYN_SEED"] ?? 1);
const MAX_MS_PER_HISTORY = 5_000;

interface Run {
	product: () => Promise<Product>;
	histories: number;
	/** On the same database. */
	atOnce: number;
	steps: number;
	mayRest: boolean;
}

async function play({ product, histories: all, atOnce, ...options }: Run): Promise<Figures> {
	const { figures, saw, played } = createFigures();
	for (let seed = SEED; figures.histories < all; seed += 1) {
		const histories = Math.min(atOnce, all - figures.histories);
		played(await playWorld({ seed, product: await product(), histories, saw, ...options }));
	}
	if (IS_LONG) console.log(`Seeds from ${SEED}:`, figures);
	return figures;
}

test.each<[string, Run]>([
	[
		"",
		{
			product: withoutHttp,
			mayRest: true,
			...(IS_LONG ? { histories: HISTORIES, atOnce: 25, steps: 160 } : { histories: 24, atOnce: 12, steps: 140 }),
		},
	],
	[
		" over HTTP",
		{
			product: overHttp,
			// Sessions end within a week.
			mayRest: false,
			...(IS_LONG
				? { histories: Math.ceil(HISTORIES / 50), atOnce: 3, steps: 160 }
				: { histories: 2, atOnce: 2, steps: 50 }),
		},
	],
])(
	`whatever happens to game servers and backends, a key is revoked as soon as the rule lets go, and no sooner%s (seed ${SEED})`,
	async (_how, run) => {
		expect(await play(run)).toMatchObject({ histories: run.histories });
	},
	60_000 + HISTORIES * MAX_MS_PER_HISTORY,
);
