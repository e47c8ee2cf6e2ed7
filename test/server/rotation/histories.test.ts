import { expect, test } from "vitest";

import { createFigures, type Figures } from "./histories/figures.ts";
import { overHttp } from "./histories/over-http.ts";
import type { Product } from "./histories/product.ts";
import { withoutHttp } from "./histories/without-http.ts";
import { playWorld } from "./histories/world.ts";

/** More for a run that takes its time, and says what happened. */
const HISTORIES = process.env["AUXVYN_HISTORIES"];
const SEED = Number(process.env["AUXVYN_SEED"] ?? 1);
const STEPS = 160;
const MAX_MS_PER_HISTORY = 5_000;
/** Of the histories in a long run, so many are over HTTP. */
const OVER_HTTP_SHARE = 0.02;

interface Run {
	product: () => Promise<Product>;
	histories: number;
	/** On the same database. */
	atOnce: number;
	mayRest: boolean;
}

async function play({ product, histories: all, atOnce, mayRest }: Run): Promise<Figures> {
	const { figures, saw, played } = createFigures();
	for (let seed = SEED; figures.histories < all; seed += 1) {
		const histories = Math.min(atOnce, all - figures.histories);
		played(await playWorld({ seed, product: await product(), histories, steps: STEPS, mayRest, saw }));
	}
	if (HISTORIES !== undefined) console.log(`Seeds from ${SEED}:`, figures);
	return figures;
}

const runs: [string, Run][] = [
	[
		"",
		{
			product: withoutHttp,
			histories: Number(HISTORIES ?? 15),
			atOnce: HISTORIES === undefined ? 15 : 25,
			mayRest: true,
		},
	],
	[
		" over HTTP",
		{
			product: overHttp,
			histories: Math.ceil(Number(HISTORIES ?? 0) * OVER_HTTP_SHARE) || 3,
			atOnce: 3,
			mayRest: false,
		},
	],
];
for (const [how, run] of runs) {
	test(
		`whatever happens to game servers and backends, a key is revoked as soon as the rule lets go, and no sooner${how} (seed ${SEED})`,
		async () => {
			expect(await play(run)).toMatchObject({ histories: run.histories });
		},
		30_000 + run.histories * MAX_MS_PER_HISTORY,
	);
}
