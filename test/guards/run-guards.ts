import { CASE_COUNT, caseOf, type GuardCase } from "./cases.ts";
import { startGuardProgram } from "./guard-program.ts";
import { randomFrom } from "./random.ts";

const CASES_A_LINE = 200;

export interface GuardResult {
	cases: number;
	/** How many of them could be connected, reconnected or had to be refused. */
	expected: Record<GuardCase["expect"], number>;
	problems: { id: number; problem: string }[];
}

/** That many different numbers of cases, in random order. */
export function sampleOf(count: number, seed: number): number[] {
	const random = randomFrom(seed);
	const ids = new Set<number>();
	while (ids.size < Math.min(count, CASE_COUNT)) ids.add(Math.floor(random() * CASE_COUNT));
	return [...ids];
}

function* inLines(ids: Iterable<number>): Generator<GuardCase[]> {
	let cases: GuardCase[] = [];
	for (const id of ids) {
		cases.push(caseOf(id));
		if (cases.length < CASES_A_LINE) continue;
		yield cases;
		cases = [];
	}
	if (cases.length > 0) yield cases;
}

/** Plays cases in one Lune process, without a server. */
export async function runGuards(ids: Iterable<number>, onProgress: (cases: number) => void = () => undefined) {
	const lune = await startGuardProgram("main.luau");
	const result: GuardResult = { cases: 0, expected: { none: 0, managed: 0, refused: 0 }, problems: [] };
	try {
		for (const cases of inLines(ids)) {
			const { problems } = (await lune.ask(cases)) as Pick<GuardResult, "problems">;
			// Luau encodes an empty list as it likes.
			if (Array.isArray(problems)) result.problems.push(...problems);
			for (const { expect } of cases) result.expected[expect] += 1;
			result.cases += cases.length;
			onProgress(result.cases);
		}
	} finally {
		await lune.close();
	}
	return result;
}

export interface PropertyResult {
	/** How often each step ended how: `replaceKey written`. */
	ends: Map<string, number>;
	problems: string[];
}

/** Random edits and random steps, in one place for each seed. */
export async function runProperty(seeds: readonly number[], steps: number): Promise<PropertyResult> {
	const lune = await startGuardProgram("property.luau");
	const result: PropertyResult = { ends: new Map(), problems: [] };
	try {
		for (const seed of seeds) {
			const answer = (await lune.ask({ seed, steps })) as { problem: string; ends: Record<string, number> };
			if (answer.problem !== "") result.problems.push(`seed ${seed}, ${answer.problem}`);
			for (const [end, count] of Object.entries(answer.ends)) result.ends.set(end, (result.ends.get(end) ?? 0) + count);
		}
	} finally {
		await lune.close();
	}
	return result;
}
