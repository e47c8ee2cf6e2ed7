import { expect, it, onTestFinished, vi } from "vitest";

import { StorageError } from "../../../server/errors/storage-error.ts";
import { createBatches } from "../../../server/keys/usage/batches.ts";

const unknown = new StorageError("outcome_unknown", "The answer was lost.");
const unavailable = new StorageError("unavailable", "Away.");

/** Answers what is given, in turn, and notes what was sent. */
function database(...answers: (Error | undefined)[]) {
	const sent: { batch: string; entries: number[] }[] = [];
	const kept: number[] = [];
	const batches = createBatches<number>({
		size: 250,
		write: async (batch) => {
			sent.push(structuredClone(batch));
			const answer = answers.shift();
			if (answer !== undefined) throw answer;
		},
		onError: () => undefined,
	});
	return { sent, kept, write: (entries: number[]) => batches.write(entries, (entry) => kept.push(entry)), batches };
}

it("sends a batch whose answer was lost again, as it was, until its outcome is known", async () => {
	const { sent, kept, write, batches } = database(unknown, unavailable, undefined);
	expect(await write([1])).toBe(false);
	expect(await write([2])).toBe(false);
	expect(batches.isSettled()).toBe(false);
	expect(await write([])).toBe(true);
	expect(new Set(sent.map(({ batch }) => batch)).size).toBe(1);
	expect(sent.map(({ entries }) => entries)).toEqual([[1], [1], [1]]);
	expect(kept).toEqual([2]);
	expect(batches.isSettled()).toBe(true);
});

it("gives back what was certainly not written, and sends it under another name", async () => {
	const { sent, kept, write } = database(unavailable);
	expect(await write([1])).toBe(false);
	expect(kept).toEqual([1]);
	expect(await write([1])).toBe(true);
	expect(sent[0]?.batch).not.toBe(sent[1]?.batch);
});

it("gives a batch up before the database forgets that it may have been added", async () => {
	vi.useFakeTimers({ toFake: ["performance"] });
	onTestFinished(() => void vi.useRealTimers());
	const { sent, write, batches } = database(unknown, unavailable, undefined);
	await write([1]);
	vi.advanceTimersByTime(11 * 3_600_000);
	await write([]);
	expect(sent).toHaveLength(2);
	vi.advanceTimersByTime(2 * 3_600_000);
	expect(await write([])).toBe(true);
	expect(sent).toHaveLength(2);
	expect(batches.isSettled()).toBe(true);
});
