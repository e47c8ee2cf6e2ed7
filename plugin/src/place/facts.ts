import { readSource, SourceFacts, SourceProblem } from "./source";

/** A place is inspected at each change, and most of its scripts are as they were. */
const MAX_REMEMBERED = 50;
const remembered = new Map<string, SourceFacts | SourceProblem>();

/** As `readSource`, which takes long for long sources. */
export function factsOf(source: string): SourceFacts | SourceProblem {
	const known = remembered.get(source);
	if (known !== undefined) return known;
	if (remembered.size() >= MAX_REMEMBERED) remembered.clear();
	const facts = readSource(source);
	remembered.set(source, facts);
	return facts;
}
