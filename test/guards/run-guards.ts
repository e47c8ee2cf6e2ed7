import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import path from "node:path";
import { createInterface } from "node:readline";

import { buildPlugin } from "../../plugin/build/build-plugin.ts";
import { findTool } from "../../plugin/build/tools.ts";
import { formatKey } from "../../shared/key-format.ts";
import { CASE_COUNT, caseOf, type GuardCase, KEY_IDS } from "./cases.ts";
import { randomFrom } from "./random.ts";

const PROGRAM = path.join(import.meta.dirname, "main.luau");
const CASES_A_LINE = 200;
const ADDRESS = {
	text: "https://keys.example.com",
	host: "keys.example.com",
	secure: true,
	loopback: false,
	port: 443,
};

export interface GuardResult {
	cases: number;
	/** How many of them could be connected, reconnected or had to be refused. */
	expected: Record<GuardCase["expect"], number>;
	problems: { id: number; problem: string }[];
}

const newKey = () => formatKey(randomBytes(26).toString("hex")) ?? "";

/** That many different numbers of cases, in random order. */
export function sampleOf(count: number, seed: number): number[] {
	const random = randomFrom(seed);
	const ids = new Set<number>();
	while (ids.size < Math.min(count, CASE_COUNT)) ids.add(Math.floor(random() * CASE_COUNT));
	return [...ids];
}

/** Plays cases in one Lune process, without a server. */
export async function runGuards(ids: Iterable<number>, onProgress: (cases: number) => void = () => undefined) {
	const child = spawn(await findTool("lune"), ["run", PROGRAM, await buildPlugin()], { stdio: "pipe" });
	let complaints = "";
	child.stderr.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
	const closed = new Promise((resolve) => child.once("close", resolve));
	const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
	const words = {
		key: newKey(),
		newKey: newKey(),
		other: newKey(),
		keyId: KEY_IDS.right,
		newKeyId: "key_cccccccccccccccccccc",
	};
	child.stdin.write(`${JSON.stringify({ ...words, address: ADDRESS })}\n`);
	const result: GuardResult = { cases: 0, expected: { none: 0, managed: 0, refused: 0 }, problems: [] };

	async function play(cases: GuardCase[]) {
		child.stdin.write(`${JSON.stringify(cases)}\n`);
		const line = await answers.next();
		if (line.done === true) throw new Error(`Lune ended: ${complaints}`);
		const { problems } = JSON.parse(line.value) as Pick<GuardResult, "problems">;
		// Luau encodes an empty list as it likes.
		if (Array.isArray(problems)) result.problems.push(...problems);
		for (const { expect } of cases) result.expected[expect] += 1;
		result.cases += cases.length;
		onProgress(result.cases);
	}

	try {
		let cases: GuardCase[] = [];
		for (const id of ids) {
			cases.push(caseOf(id));
			if (cases.length < CASES_A_LINE) continue;
			await play(cases);
			cases = [];
		}
		if (cases.length > 0) await play(cases);
	} finally {
		child.stdin.end();
		child.kill("SIGKILL");
		await closed;
	}
	return result;
}
