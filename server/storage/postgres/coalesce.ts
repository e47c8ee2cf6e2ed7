import { StorageError } from "../../errors/storage-error.ts";

export interface CoalesceOptions<Item, Result> {
	/** Never called while it runs. */
	run: (items: ReadonlySet<Item>) => Promise<Result>;
	/** What a run is, for errors. */
	what: string;
	/** Without a result for so long, a call fails: waiting for its turn included. */
	timeoutMs: number;
}

/** Calls that one run serves. */
interface Batch<Item, Result> extends PromiseWithResolvers<Result> {
	items: Set<Item>;
	endsAt: number;
	timer: NodeJS.Timeout;
}

/**
 * Lets calls share a run, with one under way and one waiting: a call is served by the first that begins after it.
 * The returned function rejects with what `run` throws, or with StorageError `unavailable` after the timeout.
 */
export function coalesce<Item, Result>(options: CoalesceOptions<Item, Result>): (item: Item) => Promise<Result> {
	const { run, what, timeoutMs } = options;
	let isRunning = false;
	/** For the calls since the last run began. */
	let next: Batch<Item, Result> | undefined;
	const late = () => new StorageError("unavailable", `PostgreSQL did not answer ${what} within ${timeoutMs} ms.`);

	async function runAll(): Promise<void> {
		if (isRunning) return;
		for (let batch = next; batch !== undefined; batch = next) {
			next = undefined;
			isRunning = true;
			try {
				const result = await run(batch.items);
				// This process may have been stopped meanwhile, and its timers with it.
				if (performance.now() > batch.endsAt) batch.reject(late());
				else batch.resolve(result);
			} catch (error) {
				batch.reject(error);
			}
			clearTimeout(batch.timer);
			isRunning = false;
		}
	}

	function createBatch(): Batch<Item, Result> {
		const promised: PromiseWithResolvers<Result> = Promise.withResolvers();
		const batch: Batch<Item, Result> = {
			...promised,
			items: new Set(),
			endsAt: performance.now() + timeoutMs,
			timer: setTimeout(() => {
				if (next === batch) next = undefined;
				batch.reject(late());
			}, timeoutMs),
		};
		return batch;
	}

	return function call(item) {
		if (next === undefined) {
			next = createBatch();
			// After the poll phase has delivered all pending requests.
			if (!isRunning) setImmediate(() => void runAll());
		}
		next.items.add(item);
		return next.promise;
	};
}
