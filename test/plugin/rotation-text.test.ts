import { expect, test } from "vitest";

import type { ReplacedKey } from "../../shared/wire.ts";
import { startPureModules } from "./pure-module.ts";

const NOW = Date.parse("2026-11-29T12:00:00Z") / 1000;
const SAFE_HERE = { kind: "good", inDashboard: true };
const replaced = (more: Partial<ReplacedKey>): ReplacedKey => ({
	...{ id: "key_7f3k2m9q4x", label: "Production", hint: "93fe", state: "active", revokedAt: null },
	...{ liveServers: 0, retirement: null, safe: false },
	...more,
});
const answer = (replaces: unknown) => ({
	workspace: { id: "ws_1", name: "Moonlit" },
	key: { id: "key_1", label: "Production", lastServerAt: null },
	rotation: null,
	replaces,
});

const SHOWN: [string, Partial<ReplacedKey>, unknown][] = [
	["12 servers still on the old key …93fe", { liveServers: 12, retirement: "waiting" }, { kind: "waiting" }],
	["1 server still on the old key …93fe", { liveServers: 1 }, { kind: "waiting" }],
	[
		"2 servers still on the old key …93fe. Decide in the dashboard.",
		{ liveServers: 2, retirement: "asking" },
		{ kind: "asking", inDashboard: true },
	],
	[
		"No live servers on the old key …93fe. Waiting until it is safe to revoke.",
		{ retirement: "waiting" },
		{ kind: "waiting" },
	],
	["No live servers on the old key …93fe. Waiting until it is safe to revoke.", {}, { kind: "waiting" }],
	[
		"Safe to revoke the old key …93fe. The server does that automatically.",
		{ retirement: "waiting", safe: true },
		{ kind: "good" },
	],
	["Safe to revoke the old key …93fe", { safe: true }, SAFE_HERE],
	["Safe to revoke the old key …93fe", { safe: true, retirement: "asking" }, SAFE_HERE],
	["Decide in the dashboard whether to revoke the old key …93fe.", { retirement: "asking" }, { kind: "asking" }],
];

test("the widget's home says in one line how far the old key is", async () => {
	const luau = await startPureModules();
	for (const [text, more, about] of SHOWN) {
		const report = (await luau("connect/responses", "readKeyReport", answer(replaced(more)))) as { replaces: unknown };
		const shown = await luau("ui/text/rotation-text", "rotationText", report.replaces, NOW);
		expect(shown, text).toMatchObject({ text, ...(about as object) });
	}
});

test("a strange answer about the old key says nothing about it, and the rest of the answer counts", async () => {
	const luau = await startPureModules();
	const strange: unknown[] = [
		undefined,
		null,
		"key_1",
		[],
		{ ...replaced({}), id: "../evil" },
		{ ...replaced({}), hint: `auxvyn_${"0".repeat(60)}` },
		{ ...replaced({}), state: "gone" },
		{ ...replaced({}), liveServers: -1 },
		{ ...replaced({}), liveServers: "many" },
	];
	for (const replaces of strange) {
		const report = await luau("connect/responses", "readKeyReport", answer(replaces));
		expect(report, JSON.stringify(replaces)).toMatchObject({ label: "Production" });
		expect(report).not.toHaveProperty("replaces");
	}
	const odd = {
		...replaced({ liveServers: 3 }),
		retirement: "<b>",
		safe: "yes",
		revokedAt: `auxvyn_${"0".repeat(60)}`,
	};
	expect(await luau("connect/responses", "readKeyReport", answer(odd))).toMatchObject({
		replaces: { liveServers: 3, isSafe: false },
	});
});
