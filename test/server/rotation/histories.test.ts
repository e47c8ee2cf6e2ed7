import { expect, test } from "vitest";

import { withoutHttp } from "./histories/without-http.ts";
import { playWorld } from "./histories/world.ts";

/** How many histories; more for a run that takes its time. */
const HISTORIES = Number(process.env["AUXVYN_HISTORIES"] ?? 15);
const SEED = Number(process.env["AUXVYN_SEED"] ?? 1);
const AT_ONCE = 15;
const STEPS = 160;
const MAX_MS_PER_HISTORY = 5_000;

test(
	`whatever happens to game servers and backends, a key is revoked just when the rule lets it go (seed ${SEED})`,
	async () => {
		let revoked = 0;
		for (let played = 0; played < HISTORIES; played += AT_ONCE) {
			const histories = await playWorld({
				seed: SEED + played,
				product: await withoutHttp(),
				histories: Math.min(AT_ONCE, HISTORIES - played),
				steps: STEPS,
				mayRest: true,
				saw: () => undefined,
			});
			revoked += histories.filter(({ isOver }) => isOver).length;
		}
		console.log({ revoked });
		expect(revoked).toBeGreaterThan(0);
	},
	30_000 + HISTORIES * MAX_MS_PER_HISTORY,
);
