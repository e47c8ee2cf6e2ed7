import { expect, test } from "vitest";

import { listen } from "../live/event-stream.ts";
import { signUpAt } from "../person.ts";
import { twoProcesses } from "../two-processes.ts";

const servers = twoProcesses();

test("a page connected to one process sees the changes of another on the same database", async () => {
	const { one, other } = servers;
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
