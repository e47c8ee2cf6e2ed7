/** What is not as the story says. */
export class StoryError extends Error {
	override readonly name = "StoryError";
}

const begin = performance.now();
let chapter = 0;

/** A step of the story, in a line or two. */
export function tell(text: string): void {
	chapter += 1;
	const seconds = ((performance.now() - begin) / 1000).toFixed(1);
	console.log(`\n${String(chapter).padStart(2)}. ${text}  (${seconds} s)`);
}

/** What somebody or something in the story says. */
export function quote(who: string, lines: string | readonly string[]): void {
	for (const line of typeof lines === "string" ? [lines] : lines) console.log(`      ${who}: ${line}`);
}

/** @throws StoryError where it is not so */
export function check(isSo: boolean, claim: string): void {
	if (!isSo) throw new StoryError(`It is not so that ${claim}.`);
}
