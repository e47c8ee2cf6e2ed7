import { expect, test } from "vitest";

import { createReplacedKeys } from "../../../server/keys/rotate/replaced-keys.ts";
import { createScanQueue } from "../../../server/storage/scan-queue.ts";
import type { Storage } from "../../../server/storage/storage.ts";
import { testClock } from "../helper.ts";

test("a workspace whose plugins ask for many keys at once delays no other one: they are told later", async () => {
	const queue = createScanQueue();
	let finish: () => void = () => undefined;
	const finished = new Promise<void>((resolve) => (finish = resolve));
	const scan: Storage["scan"] = (_store, _args, options = {}) =>
		queue.inTurn(options, async () => {
			await finished;
			return null as never;
		});
	const find = createReplacedKeys({ scan }, testClock());
	const asked = Array.from({ length: 11 }, (_, index) => find({ id: `key_${index}`, workspaceId: "ws_many" }));
	expect(await find({ id: "key_11", workspaceId: "ws_many" })).toBeUndefined();
	const other = find({ id: "key_other", workspaceId: "ws_other" });
	finish();
	expect(await Promise.all([...asked, other])).toEqual(Array(12).fill(null));
	expect(await find({ id: "key_11", workspaceId: "ws_many" })).toBeNull();
});
