import type { Contestant } from "./contestants.ts";
import { measure, median } from "./load.ts";
import { asGame, create, list, search } from "./requests.ts";

const GAME_CONNECTIONS = 8;
const KEYS_PER_SECOND = 200;
const PEOPLE = 2;

/** Measures how long games wait while a large workspace is listed, searched and added to as fast as possible. */
export async function compareWaits(
	title: string,
	contestants: Contestant[],
	{ rounds, seconds }: { rounds: number; seconds: number },
): Promise<void> {
	const waits = contestants.map(() => ({ quiet: [] as number[], busy: [] as number[], created: [] as number[] }));
	for (let round = 0; round < rounds; round++) {
		for (const [place, contestant] of contestants.entries()) {
			const own = waits[place];
			if (own === undefined) continue;
			own.quiet.push(await whoamiP99(contestant, seconds));
			const people = keepPeopleBusy(contestant, seconds);
			own.busy.push(await whoamiP99(contestant, seconds));
			own.created.push((await people) / seconds);
		}
		console.error(`${title}: round ${round + 1} of ${rounds}`);
	}
	console.log(`\n${title}; medians of ${rounds} alternating rounds of ${seconds} s:\n`);
	for (const [place, { name, secrets }] of contestants.entries()) {
		const { quiet = [], busy = [], created = [] } = waits[place] ?? {};
		console.log(
			`whoami p99, ${name.padEnd(10)} quiet ${median(quiet).toFixed(1)} ms   while ${secrets.length.toLocaleString("en")} keys are listed and searched and ${Math.round(median(created))} are created per second ${median(busy).toFixed(1)} ms`,
		);
	}
}

async function whoamiP99({ server, secret }: Contestant, seconds: number): Promise<number> {
	const requestOf = () => asGame(secret);
	return (await measure({ port: server.port, requestOf, connections: GAME_CONNECTIONS, seconds })).p99;
}

/** @returns the number of keys created */
async function keepPeopleBusy(contestant: Contestant, seconds: number): Promise<number> {
	const load = { port: contestant.server.port, seconds, connections: PEOPLE };
	const lists = measure({
		...load,
		requestOf: (index) => (index % 2 === 0 ? list(contestant, 200) : search(contestant, "zzz")),
	});
	const creations = createSteadily(contestant, seconds);
	await lists;
	return creations;
}

/** Creates keys on schedule, whether or not earlier ones have been answered. */
async function createSteadily(contestant: Contestant, seconds: number): Promise<number> {
	const answers: Promise<number>[] = [];
	const begin = performance.now();
	while (performance.now() - begin < seconds * 1000) {
		const due = Math.floor(((performance.now() - begin) / 1000) * KEYS_PER_SECOND);
		while (answers.length < due) answers.push(createOne(contestant, answers.length));
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
	const created = await Promise.all(answers);
	return created.reduce((sum, each) => sum + each, 0);
}

async function createOne(contestant: Contestant, index: number): Promise<number> {
	const requestOf = () => create(contestant, `Steady ${index}`);
	try {
		await measure({ port: contestant.server.port, requestOf, connections: 1, seconds: 0 });
		return 1;
	} catch {
		// Rejected, so not counted as created.
		return 0;
	}
}
