/** A check in the story failed. */
export class StoryError extends Error {
	override readonly name = "StoryError";
}

const begin = performance.now();
let chapter = 0;

/** Prints a step of the story. */
export function tell(text: string): void {
	chapter += 1;
	const seconds = ((performance.now() - begin) / 1000).toFixed(1);
	console.log(`\n${String(chapter).padStart(2)}. ${text}  (${seconds} s)`);
}

/** Prints the output of a part of the story. */
export function quote(who: string, lines: string | readonly string[]): void {
	for (const line of typeof lines === "string" ? [lines] : lines) console.log(`      ${who}: ${line}`);
}

/** @throws StoryError if `condition` is false */
export function check(condition: boolean, claim: string): void {
	if (!condition) throw new StoryError(`Check failed: ${claim}.`);
}
