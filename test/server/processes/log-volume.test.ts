import { expect, it, onTestFinished } from "vitest";

import { startServer } from "../server-process.ts";
import { tempDir } from "../temp-dir.ts";

interface Line {
	code?: string;
	count?: number;
}

/** Requests that anyone may send at any rate, and how each is logged. */
const FLOODS: [path: string, init: RequestInit, code: string | undefined][] = [
	["/v1/whoami", { headers: { "x-api-key": "nonsense" } }, "malformed_key"],
	["/v1/forward-auth", {}, "missing_key"],
	["/no-such-page", {}, "not_found"],
	["/api/workspaces", {}, "no_session"],
	["/oauth/introspect", { method: "POST", body: new URLSearchParams({ token: "x" }) }, "invalid_client"],
	["/api/auth/sign-out", { method: "POST", headers: { "sec-fetch-site": "same-origin" } }, undefined],
];
const TIMES = 150;

it("one address's flood of requests costs a few lines of the log, which count them all", async () => {
	const server = await startServer({ DATA_DIR: await tempDir(), RATE_LIMIT_SCALE: "0" });
	onTestFinished(() => server.kill());
	const before = server.output().length;
	for (let round = 0; round < TIMES; round++) {
		const sent = FLOODS.map(([path, init]) => fetch(server.url + path, init).then((answer) => answer.arrayBuffer()));
		await Promise.all(sent);
	}
	await server.stop();
	const lines = server.output().slice(before).trim().split("\n");
	const counted = new Map<string | undefined, number>();
	for (const line of lines) {
		const { code, count = 0 } = JSON.parse(line) as Line;
		counted.set(code, (counted.get(code) ?? 0) + count);
	}
	const codes = FLOODS.flatMap(([, , code]) => code ?? []);
	expect(Object.fromEntries(counted)).toEqual(Object.fromEntries(codes.map((code) => [code, TIMES])));
	// The first and the count of the rest. A second minute may have begun.
	expect(lines.length).toBeLessThanOrEqual(codes.length * 4);
});
