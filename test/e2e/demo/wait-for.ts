import { StoryError } from "./narrator.ts";

const PATIENCE_MS = 15_000;
const LOOK_EVERY_MS = 50;

/** Looks until there is something to see. */
export async function waitFor<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
	const until = performance.now() + PATIENCE_MS;
	for (;;) {
		const seen = await look();
		if (seen !== undefined) return seen;
		if (performance.now() > until) throw new StoryError(`${what} did not come within ${PATIENCE_MS / 1000} s.`);
		await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
	}
}
