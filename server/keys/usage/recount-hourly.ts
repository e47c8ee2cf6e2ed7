import type { Storage } from "../../storage/storage.ts";
import { hourOf } from "./usage-entry.ts";
import { recountRequests } from "./usage-sweep.store.ts";

/** Updates every key's 24-hour sum at the start of each hour, a batch per call. Resolves to true if more remain. */
export function recountHourly({ write, now }: Pick<Storage, "write" | "now">): () => Promise<boolean> {
	/** The hour in which the last complete sweep began: one that runs into the next hour leaves stale sums behind. */
	let done: number | undefined;
	let sweep: { hour: number; after: string } | undefined;

	return async () => {
		sweep ??= { hour: hourOf(now()), after: "" };
		const { hour, after } = sweep;
		if (hour === done) {
			sweep = undefined;
			return false;
		}
		const last = await write(recountRequests, { after }, { priority: "low" });
		sweep = last === undefined ? undefined : { hour, after: last };
		if (last === undefined) done = hour;
		return last !== undefined;
	};
}
