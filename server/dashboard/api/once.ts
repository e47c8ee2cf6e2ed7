import { type ApiError, asApiError } from "./api-error.ts";
import { serverTime } from "./client.ts";

const LOOK_TIMEOUT_MS = 5_000;
/** The server's time is known to the second. */
const ROUNDING_MS = 1_000;

/**
 * For requests that create something, and would create another if they were repeated. If the outcome stays unknown,
 * looks for what may have been created, and says what it found; so does the next attempt, before it sends anything.
 * `thing`: what is created, or otherwise `done`.
 */
export function createOnce<T extends object>(thing: string, done = "created") {
	/** Looks for what the last attempt may have created. */
	let look: (() => Promise<T | undefined>) | undefined;

	/**
	 * `find` gets the server's time before the request, in ms. It resolves to the answer, to the reason why what was
	 * created is of no use, or to undefined if nothing was created.
	 */
	return async (send: () => Promise<T>, find: (since: number) => Promise<T | string | undefined>): Promise<T> => {
		const earlier = await look?.();
		if (earlier) return earlier;
		const since = serverTime() - ROUNDING_MS;
		try {
			return await send();
		} catch (failure) {
			const error = asApiError(failure);
			if (error.outcome !== "unknown") throw error;
			look = async () => {
				const found = await within(LOOK_TIMEOUT_MS, find(since)).catch(() => null);
				if (found === null) throw tell(error, `may have been ${done}. Trying again finds out first.`);
				look = undefined;
				if (typeof found !== "string") return found;
				error.outcome = "made";
				throw tell(error, `was ${done}, but ${found}`);
			};
			const found = await look();
			if (found) return found;
			throw tell(error, `was not ${done}. Trying again is safe.`);
		}
	};

	function tell(error: ApiError, news: string): ApiError {
		error.advice = `The ${thing} ${news}`;
		return error;
	}
}

function within<T>(ms: number, task: Promise<T>): Promise<T | null> {
	return Promise.race([task, new Promise<null>((resolve) => setTimeout(resolve, ms, null))]);
}
