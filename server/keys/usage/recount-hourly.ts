import type { Storage } from "../../storage/storage.ts";
import { hourOf } from "./usage-entry.ts";
import { recountRequests } from "./usage-sweep.store.ts";

/** In the first steps of each hour, brings every key's sum of the last day up to date. */
export function recountHourly({ write, now }: Pick<Storage, "write" | "now">): () => Promise<boolean> {
	let done: number | undefined;
	let after = "";

	return async () => {
		const hour = hourOf(now());
		if (hour === done) return false;
		const last = await write(recountRequests, { after }, { priority: "low" });
		after = last ?? "";
		if (last === undefined) done = hour;
		return last !== undefined;
	};
}
