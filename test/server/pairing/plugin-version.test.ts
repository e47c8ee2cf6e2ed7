import { expect, it } from "vitest";

import type { FirstSteps, Pairing } from "../../../shared/wire.ts";
import { build } from "../helper.ts";

it("a pairing and the first steps have the version that the plugin reports, of the latest pairing", async () => {
	const server = await build();
	const rin = await server.signUp("Rin");
	const steps = async () =>
		(await rin.request("GET", `/api/workspaces/${rin.workspaceId}/first-steps`)).json<FirstSteps>();
	expect(await steps()).not.toHaveProperty("pluginVersion");
	for (const version of ["0.1.0+0123abcd", "0.2.0+4567cdef"]) {
		const { user_code } = await server.startPairing({}, { "x-auxvyn-plugin": version });
		const shown = (await rin.request("GET", `/api/pairings/${user_code}`)).json<Pairing>();
		expect(shown.reported.pluginVersion).toBe(version);
		expect(await steps()).toMatchObject({ pluginVersion: version });
		server.clock.advance(1);
	}
});

it.each([
	["none", {}],
	["a text", { "x-auxvyn-plugin": "<b>0.1.0</b>" }],
	["a key", { "x-auxvyn-plugin": `auxvyn_${"0".repeat(60)}` }],
	["another form", { "x-auxvyn-plugin": "0.1.0" }],
	["an endless one", { "x-auxvyn-plugin": `${"1".repeat(200)}.1.0+0123abcd` }],
])("a version that cannot be the plugin's is not kept: %s", async (_, headers) => {
	const server = await build();
	const rin = await server.signUp("Rin");
	const { user_code } = await server.startPairing({}, headers);
	const shown = (await rin.request("GET", `/api/pairings/${user_code}`)).json<Pairing>();
	expect(shown.reported).not.toHaveProperty("pluginVersion");
});
