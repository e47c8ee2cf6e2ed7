import type { Transaction } from "../storage/storage.ts";

/** One transition: exactly one row must change. */
export function step({ db }: Transaction, change: string, values: Record<string, unknown>): void {
	const { changes } = db.prepare(`UPDATE pairing SET ${change}`).run(values);
	if (changes !== 1) throw new Error("A pairing changed under a transition that had checked it.");
}
