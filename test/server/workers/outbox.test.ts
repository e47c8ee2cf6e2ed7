import { expect, it, vi } from "vitest";

import type { Told } from "../../../server/workers/messages.ts";
import { createOutbox } from "../../../server/workers/outbox.ts";

/** What is sent, each with what ends the sending. */
function outbox() {
	const sent: { told: Told; done: () => void }[] = [];
	const box = createOutbox({ send: (told, done) => void sent.push({ told, done }), delayMs: 0 });
	const next = (count: number) => vi.waitFor(() => expect(sent).toHaveLength(count));
	return { box, sent, next };
}

it("adds up what happens while a message is under way, and sends one at a time", async () => {
	const { box, sent, next } = outbox();
	box.change("failures", "a", { added: 1, forgotten: false });
	box.change("failures", "a", { added: 1, forgotten: false });
	await next(1);
	expect(sent[0]?.told).toEqual({ counts: { failures: [["a", 2, 0]] }, latest: {} });
	for (let hit = 0; hit < 5; hit++) box.change("failures", "a", { added: 1, forgotten: false });
	box.change("failures", "a", { added: 0, forgotten: true });
	box.change("failures", "a", { added: 1, forgotten: false });
	box.change("sign-ups", "b", { added: -1, forgotten: false });
	box.setLatest("backups", 1);
	box.setLatest("backups", 2);
	expect(sent).toHaveLength(1);
	sent[0]?.done();
	await next(2);
	expect(sent[1]?.told).toEqual({
		counts: { failures: [["a", 1, 1]], "sign-ups": [["b", -1, 0]] },
		latest: { backups: 2 },
	});
});

it("takes no more memory for a flood from many addresses than for ten thousand of them", async () => {
	const { box, sent, next } = outbox();
	for (let index = 0; index < 20_000; index++) box.change("failures", `${index}`, { added: 1, forgotten: false });
	box.change("failures", "0", { added: 1, forgotten: false });
	await next(1);
	expect(sent[0]?.told.counts["failures"]).toHaveLength(10_000);
	expect(sent[0]?.told.counts["failures"]?.[0]).toEqual(["0", 2, 0]);
});
