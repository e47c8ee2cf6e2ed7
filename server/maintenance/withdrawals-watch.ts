import type { Storage } from "../storage/storage.ts";
import { withdrawalLag } from "../storage/withdrawal-lag.store.ts";
import type { Chore } from "./janitor.ts";

export interface WithdrawalsWatchOptions {
	storage: Storage;
	log: { warn(text: string): void; info(text: string): void };
}

/**
 * Reports, once, when revocations stay out of the file of withdrawals. They are in force all the same, and are written as
 * soon as that works again: each look asks the writer for it.
 */
export function watchWithdrawals({ storage, log }: WithdrawalsWatchOptions): Chore {
	let before = { waiting: 0, mark: 0 };
	let reported = false;
	return async () => {
		const lag = await storage.write(withdrawalLag, undefined, { priority: "low" });
		const isStuck = lag.waiting > 0 && before.waiting > 0 && lag.mark === before.mark;
		before = lag;
		if (isStuck && !reported) {
			reported = true;
			log.warn(
				`${lag.waiting} withdrawals could not be written to withdrawals.jsonl in DATA_DIR: check its permissions and the disk. They are in force, but a restored backup might not know of them.`,
			);
		} else if (reported && lag.waiting === 0) {
			reported = false;
			log.info("withdrawals.jsonl is complete again.");
		}
		return false;
	};
}
