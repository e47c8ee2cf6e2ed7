import type { Contestant } from "./contestants.ts";
import { measure, median } from "./load.ts";

export interface RatesOptions {
	title: string;
	requests: Record<string, (contestant: Contestant) => (index: number) => string>;
	contestants: Contestant[];
	rounds: number;
	seconds: number;
	connections: number;
}

/**
 * Measures every server in turn, round by round, so that a busy machine affects all equally. Ratios are medians of
 * rounds.
 */
export async function compareRates(options: RatesOptions): Promise<void> {
	const { title, requests, contestants, rounds, seconds, connections } = options;
	const load = { connections, seconds };
	const rates = new Map<string, number[]>();
	const ratesOf = (what: string, { name }: Contestant): number[] => {
		const key = `${what} ${name}`;
		rates.set(key, rates.get(key) ?? []);
		return rates.get(key) ?? [];
	};
	for (let round = 0; round < rounds; round++) {
		for (const [what, requestsOf] of Object.entries(requests)) {
			for (const contestant of contestants) {
				const { rate } = await measure({ ...load, port: contestant.server.port, requestOf: requestsOf(contestant) });
				ratesOf(what, contestant).push(rate);
			}
		}
		console.error(`${title}: round ${round + 1} of ${rounds}`);
	}
	console.log(`\n${title}; medians of ${rounds} alternating rounds of ${seconds} s, ${connections} connections:\n`);
	for (const what of Object.keys(requests)) {
		const [own, other] = contestants.map((contestant) => ratesOf(what, contestant));
		print(
			what,
			own ?? [],
			other === undefined ? "" : `${ratio(own, other)} × ${contestants[1]?.name ?? ""} (${perSecond(other)})`,
		);
	}
}

function print(what: string, rates: number[], rest: string): void {
	console.log(`${what.padEnd(34)} ${perSecond(rates).padStart(7)} requests/s   ${rest}`.trimEnd());
}

const perSecond = (rates: number[]): string => Math.round(median(rates)).toString();

function ratio(own: number[] = [], others: number[]): string {
	return median(own.map((rate, round) => rate / (others[round] ?? Number.NaN))).toFixed(2);
}
