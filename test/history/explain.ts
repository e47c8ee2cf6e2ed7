/** What was asked of a key on some server, and answered. Times in milliseconds on one clock. */
export interface Operation {
	what: "create" | "revoke" | "check";
	key: string;
	server: number;
	invokedAt: number;
	/** Infinity: no answer, or one that leaves open whether it happened. */
	answeredAt: number;
	/** Of a check: the state that the answer shows. Undefined: none, such as 503. */
	seen?: State;
}

/** In the only order in which a key goes through them. */
const STATES = ["unknown", "active", "revoked"] as const;
export type State = (typeof STATES)[number];

/** A moment by which, or since which, a key was in a state, and the operation that shows it. */
interface Bound {
	rank: number;
	at: number;
	by: Operation;
}

/**
 * Whether an order of the operations explains the answers (linearizability, as Porcupine checks it): each took effect at
 * one moment between its invocation and its answer. A key only ever goes forward, so it is enough to look at pairs: what
 * had been reached when an operation began, nothing that it saw may be before; and what had not even been asked for when
 * it ended, it cannot have seen.
 * @returns the first contradiction, in words; undefined if there is none
 */
export function contradiction(history: readonly Operation[]): string | undefined {
	for (const operations of Map.groupBy(history, ({ key }) => key).values()) {
		const found = contradictionOf(operations);
		if (found !== undefined) return found;
	}
	return undefined;
}

function contradictionOf(operations: readonly Operation[]): string | undefined {
	const reached = operations.flatMap(reachedBy);
	const asked = operations.flatMap(askedFor);
	for (const check of operations) {
		if (check.seen === undefined) continue;
		const rank = STATES.indexOf(check.seen);
		const later = reached.find((each) => each.rank > rank && each.at < check.invokedAt && each.by !== check);
		if (later !== undefined) return `${inWords(check)} after ${inWords(later.by)}`;
		if (rank > 0 && !asked.some((each) => each.rank === rank && each.at <= check.answeredAt))
			return `${inWords(check)} before anyone asked for it`;
	}
	return undefined;
}

/** By when the key had certainly got to a state: what is answered, or seen, has happened. */
function reachedBy(by: Operation): Bound[] {
	if (by.answeredAt === Infinity) return [];
	if (by.what === "create") return [{ rank: 1, at: by.answeredAt, by }];
	if (by.what === "revoke") return [{ rank: 2, at: by.answeredAt, by }];
	return by.seen === undefined ? [] : [{ rank: STATES.indexOf(by.seen), at: by.answeredAt, by }];
}

/** Since when it could be in a state: also what was not answered may have happened. */
function askedFor(by: Operation): Bound[] {
	if (by.what === "check") return [];
	return [{ rank: by.what === "create" ? 1 : 2, at: by.invokedAt, by }];
}

function inWords({ what, key, server, seen, invokedAt, answeredAt }: Operation): string {
	const did = what === "check" ? `saw it ${seen ?? "not at all"}` : `was answered: ${what}`;
	return `${key}: server ${server} ${did} (${invokedAt.toFixed(1)}–${answeredAt.toFixed(1)} ms)`;
}
