import { ProblemError, tooManyRequests } from "../http/problem.ts";

/** Of one account, besides the one that is under way. */
const MOST_WAITING = 2;
const COME_BACK_SECONDS = 1;

interface Waiting {
	accountId: string;
	begin: () => void;
}

/** Searches of all accounts, one after the other: together they would leave games no time. */
export function createSearchLine() {
	const line: Waiting[] = [];
	let busy = false;

	/**
	 * Does `search` when it is its turn, unless `gone` aborts before.
	 * @throws ProblemError 429 where the account has others waiting, 499 once nobody waits for it
	 */
	async function inTurn<T>(accountId: string, gone: AbortSignal, search: () => Promise<T>): Promise<T> {
		if (busy) await standInLine(accountId, gone);
		busy = true;
		try {
			return await search();
		} finally {
			const next = line.shift();
			busy = next !== undefined;
			next?.begin();
		}
	}

	function standInLine(accountId: string, gone: AbortSignal): Promise<void> {
		if (line.filter((each) => each.accountId === accountId).length >= MOST_WAITING) {
			throw tooManyRequests(COME_BACK_SECONDS, "You search for several things at once. Try again in a moment.");
		}
		return new Promise((resolve, reject) => {
			const leave = (): void => {
				line.splice(line.indexOf(waiting), 1);
				reject(nobodyWaits());
			};
			const waiting: Waiting = {
				accountId,
				begin: () => {
					gone.removeEventListener("abort", leave);
					resolve();
				},
			};
			gone.addEventListener("abort", leave, { once: true });
			line.push(waiting);
		});
	}

	return { inTurn };
}

/** For the log only. The number is nginx's for the same. */
export function nobodyWaits(): ProblemError {
	return new ProblemError(499, "client_gone", "Nobody waits for this answer any more.");
}
