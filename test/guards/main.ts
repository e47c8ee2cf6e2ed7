import { packageCli } from "../../plugin/build/package-cli.ts";
import { runProcess } from "../../plugin/build/run-process.ts";
import { CASE_COUNT } from "./cases.ts";
import { runGuards, sampleOf } from "./run-guards.ts";

/**
 * `npm run guards`: every case of the guard matrix, and a sample of them through the widget and a real server. `npm run guards -- 5000 SEED` plays that many of them. Fails if the
 * plugin wrote anything in a place where it must not, or anything else than it may.
 */
const [countText, seedText] = process.argv.slice(2);
const seed = Number(seedText ?? Date.now() % 1_000_000);

/** How many places also go through the widget, HTTP and a pairing. */
const HTTP_CASES = 150;

function* everything(): Generator<number> {
	for (let id = 0; id < CASE_COUNT; id += 1) yield id;
}

const startedAt = performance.now();
const ids = countText === undefined ? everything() : sampleOf(Number(countText), seed);
if (countText !== undefined) console.log(`seed ${seed}`);
const { cases, expected, problems } = await runGuards(ids, (done) => {
	if (done % 10_000 === 0) console.log(`${done} of ${countText ?? CASE_COUNT}`);
});
for (const { id, problem } of problems.slice(0, 20)) console.log(`case ${id}: ${problem}`);
const seconds = Math.round((performance.now() - startedAt) / 1000);
console.log(`${cases} places in ${seconds} s: ${problems.length} with a wrong write or verdict`);
console.log(`to connect: ${expected.none}, to reconnect: ${expected.managed}, refused: ${expected.refused}`);

const wholeWay = await runProcess(
	process.execPath,
	[packageCli("vitest"), "run", "test/guards/whole-way.test.ts", "--disable-console-intercept"],
	{ env: { ...process.env, GUARDS_HTTP_CASES: String(HTTP_CASES), GUARDS_SEED: String(seed) } },
);
console.log(/^.* places through the widget .*$/m.exec(wholeWay.output)?.[0] ?? wholeWay.output);
process.exitCode = problems.length === 0 && wholeWay.code === 0 ? 0 : 1;
