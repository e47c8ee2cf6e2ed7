import { StoryError } from "./narrator.ts";

const TIMEOUT_MS = 15_000;
const POLL_INTERVAL_MS = 50;

/** Polls until `read` returns a value. */
export async function waitFor<T>(what: string, read: () => Promise<T | undefined>): Promise<T> {
	const deadline = performance.now() + TIMEOUT_MS;
	for (;;) {
		const value = await read();
		if (value !== undefined) return value;
		if (performance.now() > deadline) throw new StoryError(`${what} did not appear within ${TIMEOUT_MS / 1000} s.`);
		await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
	}
}
