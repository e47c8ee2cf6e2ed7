import type { Operation } from "./explain.ts";

export interface SummaryOptions {
	/** How often each fault happened. */
	played: ReadonlyMap<string, number>;
	/** What was seen of the keys at the end, and of how many. */
	states: ReadonlyMap<string, number>;
	seconds: number;
}

/** What happened in a long run, and the two numbers that must be 0. */
export function summary(history: readonly Operation[], { played, states, seconds }: SummaryOptions): string {
	const isAnswered = ({ answeredAt }: Operation) => answeredAt !== Infinity;
	const count = (what: Operation["what"]) => history.filter((each) => each.what === what && isAnswered(each)).length;
	const after = (what: "create" | "revoke", seen: Operation["seen"]) => {
		const done = new Map(history.filter((each) => each.what === what).map((each) => [each.key, each.answeredAt]));
		return history.filter((each) => each.seen === seen && each.invokedAt > (done.get(each.key) ?? Infinity)).length;
	};
	return [
		`answered: ${count("create")} creations, ${count("revoke")} revocations, ${count("check")} checks`,
		`without an answer: ${history.filter((each) => !isAnswered(each)).length}`,
		`faults: ${[...played.values()].reduce((sum, each) => sum + each, 0)} (${inWords(played)})`,
		`at the end: ${inWords(states)}`,
		`accepted after the revocation's answer: ${after("revoke", "active")}`,
		`lost after the creation's answer: ${after("create", "unknown")}`,
		`${seconds.toFixed(0)} seconds`,
	].join("\n");
}

function inWords(counts: ReadonlyMap<string, number>): string {
	return [...counts].map(([what, count]) => `${what} ${count}`).join(", ");
}
