import { expect, onTestFinished, test } from "vitest";

import { generateKey } from "../../server/keys/manage/generate-key.ts";
import { nearForm } from "./forms.ts";
import { startGuardProgram } from "./guard-program.ts";
import { randomFrom } from "./random.ts";

const COUNT = Number(process.env["AUXVYN_FORMS"] ?? 4_000);
const SEED = Number(process.env["AUXVYN_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
const BATCH = 500;

interface Outcome {
	different: { source: string; problems: string[] }[];
	/** How many sources were taken for Auxvyn's own form. */
	trusted: number;
}

test("what the plugin takes for its own code does nothing else when Luau runs it", { timeout: 600_000 }, async () => {
	const program = await startGuardProgram("run-form.luau");
	onTestFinished(() => program.close());
	const random = randomFrom(SEED);
	const key = generateKey();
	let trusted = 0;
	for (let at = 0; at < COUNT; at += BATCH) {
		const sources = Array.from({ length: BATCH }, () => nearForm(random, key));
		const outcome = (await program.ask(sources)) as Outcome;
		// An empty Luau table may come as an object.
		expect(Object.values(outcome.different), `seed ${SEED}`).toEqual([]);
		trusted += outcome.trusted;
	}
	// Otherwise the sources are too strange to show anything.
	expect(trusted).toBeGreaterThan(COUNT / 20);
	expect(trusted).toBeLessThan(COUNT);
});
