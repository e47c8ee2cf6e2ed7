import { expect, test } from "vitest";

import type { KeyUse } from "../../../shared/wire.ts";
import { writtenStream } from "./written-stream.ts";

const HEARTBEAT = "event: heartbeat\ndata: {}\n\n";
const BUFFER_BYTES = 64 * 1024;

function use(id: string, requests1h: number): KeyUse {
	const never = { lastUsedAt: null, firstServerAt: null, lastServerAt: null, lastRefusedAt: null };
	const unused = { lastUsedAt: null, requests24h: 0 };
	const counts = { requests24h: requests1h, requests1h, hourly: [], liveServers: 0 };
	return { id, ...never, ...counts, studio: unused, plugin: unused };
}

test("sends the first change at once, and batches changes within the next half second", () => {
	const { stream, written } = writtenStream();
	stream.changed(["keys"]);
	expect(stream.isDue(1_000)).toBe(true);
	stream.send(1_000);
	for (const topics of [["keys"], ["activity"], ["keys"]] as const) stream.changed(topics);
	stream.used([use("key_1", 1), use("key_2", 1)]);
	stream.used([use("key_1", 2)]);
	expect(stream.isDue(1_400)).toBe(false);
	expect(stream.isDue(1_500)).toBe(true);
	stream.send(1_500);
	stream.send(2_000);
	expect(written).toEqual([
		'event: changed\ndata: {"topics":["keys"]}\n\n',
		'event: changed\ndata: {"topics":["keys","activity"]}\n\n',
		`event: used\ndata: ${JSON.stringify({ keys: [use("key_1", 2), use("key_2", 1)] })}\n\n`,
		HEARTBEAT,
	]);
});

test("sends a heartbeat after 10 seconds without events", () => {
	const { stream, written } = writtenStream();
	stream.changed(["keys"]);
	stream.send(0);
	expect(stream.isDue(9_999)).toBe(false);
	expect(stream.isDue(10_000)).toBe(true);
	stream.send(10_000);
	expect(written.at(-1)).toBe(HEARTBEAT);
});

test("disconnects a client that stops reading", () => {
	const { stream, response } = writtenStream();
	stream.used([use("k".repeat(2 * BUFFER_BYTES), 1)]);
	stream.send(0);
	expect(response.destroyed).toBe(false);
	stream.changed(["keys"]);
	stream.send(1_000);
	expect(response.destroyed).toBe(true);
});
