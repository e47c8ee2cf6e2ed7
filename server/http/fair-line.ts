import { type Network, networksOf } from "./networks.ts";

/** Where no network has as many entries as this, the oldest of all go first. */
const FEW = 5;

/** Who waits: an address as `clientAddress` returns it, and whether its network or device is known from a good sign-in. */
export interface Visitor {
	address: string;
	isKnown: boolean;
}

export interface FairLineOptions {
	maxRunning: number;
	maxWaiting: number;
	/** How many places in the line are kept for known visitors. */
	keptForKnown: number;
	/** What a dropped entry rejects with. */
	dropped: () => Error;
}

interface Entry {
	networks: readonly [Network, ...Network[]];
	isKnown: boolean;
	start: () => void;
	drop: () => void;
}

/**
 * Work of which only a little can run at once. Networks take turns, and so do known and other visitors. Where the line is
 * full, the oldest entry of the network that has the most goes.
 */
export function createFairLine({ maxRunning, maxWaiting, keptForKnown, dropped }: FairLineOptions) {
	/** In order of arrival. */
	const waiting = new Set<Entry>();
	/** When networks that wait had their last turn. */
	const turns = new Map<string, number>();
	let turn = 0;
	let running = 0;
	let lastWasKnown = false;

	function wait({ address, isKnown }: Visitor): Promise<void> {
		return new Promise((resolve, reject) => {
			waiting.add({ networks: networksOf(address), isKnown, start: resolve, drop: () => reject(dropped()) });
			if (waiting.size <= maxWaiting) return;
			const least = leastWorthy();
			waiting.delete(least);
			least.drop();
		});
	}

	function leastWorthy(): Entry {
		const all = [...waiting];
		const others = all.filter(({ isKnown }) => !isKnown);
		const isShareExceeded = all.length - others.length > keptForKnown;
		return firstToGo(isShareExceeded || others.length === 0 ? all : others);
	}

	/** Hands a finished entry's place to the next one. */
	function next(): void {
		running -= 1;
		const known = [...waiting].filter(({ isKnown }) => isKnown);
		const others = [...waiting].filter(({ isKnown }) => !isKnown);
		const line = known.length > 0 && (others.length === 0 || !lastWasKnown) ? known : others;
		const [first] = line.sort((a, b) => lastTurnOf(a) - lastTurnOf(b));
		if (first === undefined) return;
		lastWasKnown = first.isKnown;
		waiting.delete(first);
		turns.set(widestOf(first), ++turn);
		for (const name of turns.keys()) if (![...waiting].some((each) => widestOf(each) === name)) turns.delete(name);
		running += 1;
		first.start();
	}

	function lastTurnOf(entry: Entry): number {
		return turns.get(widestOf(entry)) ?? 0;
	}

	return {
		/** Runs `work` when it is the visitor's turn. @throws what `dropped` returns */
		async inTurn<T>(visitor: Visitor, work: () => Promise<T>): Promise<T> {
			if (running >= maxRunning) await wait(visitor);
			else running += 1;
			try {
				return await work();
			} finally {
				next();
			}
		},
	};
}

function widestOf({ networks }: Entry): string {
	return networks.at(-1)?.name ?? networks[0].name;
}

/** `entries` are in order of arrival, at least one. */
function firstToGo(entries: Entry[]): Entry {
	const counts = new Map<string, number>();
	let heaviest: { name?: string; weight: number } = { weight: 0 };
	for (const { networks } of entries) {
		for (const { name, shares } of networks) {
			const count = (counts.get(name) ?? 0) + 1;
			counts.set(name, count);
			if (count >= FEW && count / shares > heaviest.weight) heaviest = { name, weight: count / shares };
		}
	}
	const { name } = heaviest;
	const isInHeaviest = ({ networks }: Entry) => networks.some((each) => each.name === name);
	const found = name === undefined ? entries[0] : entries.find(isInHeaviest);
	if (found === undefined) throw new RangeError("There is no entry.");
	return found;
}
