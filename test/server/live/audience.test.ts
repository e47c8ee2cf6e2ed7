import { expect, test } from "vitest";

import { Audience } from "../../../server/live/audience.ts";

const MANY = 200;

function uses(kind: string, at: number) {
	return Array.from({ length: MANY }, (_, index) => ({ workspaceId: "ws_1", keyId: `key_${kind}${index}`, at }));
}

test("uses and refusals are both reported in full, each once", () => {
	const audience = new Audience("ws_1", { used: [], refused: [] });
	const latest = { used: uses("u", 1_000), refused: uses("r", 1_000) };
	expect(audience.update(latest)).toHaveLength(2 * MANY);
	expect(audience.update(latest)).toEqual([]);
	expect(audience.update({ ...latest, refused: uses("r", 2_000) })).toHaveLength(MANY);
});
