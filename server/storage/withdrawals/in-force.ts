import { identityOf, type Withdrawal } from "./withdrawal.ts";
import type { WithdrawalsFile } from "./withdrawals-file.ts";

/** Without what a restore `--as-backed-up` gave up: older copies of the file still have it. */
export function inForce(files: readonly WithdrawalsFile[]): Withdrawal[] {
	return files.flatMap((file) =>
		file.withdrawals.filter((each) => {
			const identity = identityOf(each);
			return !files.some((other) => hasGivenUp(other, identity, file));
		}),
	);
}

/** Whether `later` goes on from where `file` ends, and gave the withdrawal up. Another installation's does neither. */
function hasGivenUp(later: WithdrawalsFile, identity: string, file: WithdrawalsFile): boolean {
	const at = later.givenUp.get(identity);
	return at !== undefined && !file.restoredAt.has(at) && file.completeUntil <= at;
}
