import { expect, onTestFinished, test } from "vitest";

import { listen } from "../live/event-stream.ts";
import { signUpAt } from "../person.ts";
import { startServer } from "../server-process.ts";
import { tempDir } from "../temp-dir.ts";

test("a page connected to one process sees the changes of another on the same database", async () => {
	const env = { DATA_DIR: await tempDir(), RATE_LIMIT_SCALE: "0", LOG_LEVEL: "error" };
	const [one, other] = await Promise.all([startServer(env), startServer(env)]);
	onTestFinished(async () => {
		await Promise.all([one.stop(), other.stop()]);
	});
	const rin = await signUpAt(one.url);
	const stream = await listen(`${other.url}/api/workspaces/${rin.workspaceId}/events`, rin.cookie());
	const { key, secret } = await rin.createKey("Production");
	expect(await stream.next("changed")).toEqual({ topics: ["activity", "keys"] });
	await fetch(`${one.url}/v1/whoami`, { headers: { "x-api-key": secret } });
	expect(await stream.next("used")).toMatchObject({ keys: [{ id: key.id, requests24h: 1 }] });
	await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${key.id}`);
	expect(await stream.next("changed")).toEqual({ topics: ["activity", "keys"] });
	await rin.request("POST", "/api/auth/sign-out", {});
	expect(await stream.next("over")).toEqual({ reason: "session" });
});
