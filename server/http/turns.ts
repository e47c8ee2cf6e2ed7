import { createLanes, type Lane } from "./lanes.ts";

/** How long the requests of pages may take of each turn of the event loop. Games wait for it once or twice. */
const BUDGET_MS = 1;
/** A turn begins no more than this, however quick they are: each may go on later, when a scan has finished. */
const MAX_PER_TURN = 8;

type Start = () => void;

export interface TurnsOptions {
	/** Monotonic milliseconds. */
	monotonic?: () => number;
	/** Runs a callback in the next turn of the event loop, after those passed before. */
	defer?: (callback: () => void) => void;
}

/**
 * Spreads requests over the event loop's turns, so that a crowd of them holds up nobody for long. Urgent ones and others
 * alternate while both wait.
 */
export function createTurns({ monotonic = () => performance.now(), defer = setImmediate }: TurnsOptions = {}) {
	const urgent = createLanes<Start>();
	const others = createLanes<Start>();
	let lastWasUrgent = false;
	/** Of the turn that runs; Infinity before its first step. */
	let endsAt = Infinity;
	/** Steps of a turn that have not run yet. */
	let steps = 0;

	/** For one request, if it can begin in the coming turn. */
	function addStep(): void {
		if (endsAt !== Infinity || steps === MAX_PER_TURN) return;
		steps += 1;
		// Microtasks run between two steps, and count for the first.
		defer(takeStep);
	}

	function takeStep(): void {
		if (endsAt === Infinity) endsAt = monotonic() + BUDGET_MS;
		try {
			if (monotonic() < endsAt) next()?.();
		} finally {
			steps -= 1;
			if (steps === 0) prepareTurn();
		}
	}

	function prepareTurn(): void {
		endsAt = Infinity;
		for (let waiting = urgent.size + others.size; waiting > 0 && steps < MAX_PER_TURN; waiting--) addStep();
	}

	function next(): Start | undefined {
		const [first, second] = lastWasUrgent ? [others, urgent] : [urgent, others];
		const lanes = first.size > 0 ? first : second;
		lastWasUrgent = lanes === urgent;
		return lanes.shift();
	}

	return {
		/** Calls `start` when it is its turn, unless the function returned is called before. */
		enter(lane: Lane, isUrgent: boolean, start: Start): () => void {
			const lanes = isUrgent ? urgent : others;
			lanes.push(lane, start);
			addStep();
			return () => void lanes.remove(lane, start);
		},
	};
}

export type Turns = ReturnType<typeof createTurns>;
