import { expect, test } from "vitest";

import { Audience } from "../../../server/live/audience.ts";

const MANY = 200;

function uses(kind: string, at: number, mark = at) {
	const keyIds = Array.from({ length: MANY }, (_, index) => `key_${kind}${index}`);
	return keyIds.map((keyId) => ({ workspaceId: "ws_1", keyId, at, mark }));
}

test("uses, refusals and goodbyes are all reported in full, each once", () => {
	const audience = new Audience("ws_1", { used: [], refused: [], closed: [], loggedSince: undefined });
	const latest = {
		used: uses("u", 1_000),
		refused: uses("r", 1_000),
		closed: uses("c", 1_000),
		loggedSince: undefined,
	};
	expect(audience.update(latest)).toHaveLength(3 * MANY);
	expect(audience.update(latest)).toEqual([]);
	expect(audience.update({ ...latest, refused: uses("r", 2_000) })).toHaveLength(MANY);
	expect(audience.update({ ...latest, refused: uses("r", 2_000), closed: uses("c", 2_000) })).toHaveLength(MANY);
});

test("a use in one series is reported even if another series was used later", () => {
	const audience = new Audience("ws_1", {
		used: uses("u", 2_000, 2_000),
		refused: [],
		closed: [],
		loggedSince: undefined,
	});
	expect(
		audience.update({ used: uses("u", 2_000, 3_000), refused: [], closed: [], loggedSince: undefined }),
	).toHaveLength(MANY);
});
