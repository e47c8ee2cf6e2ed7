import { rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "vitest";

import { testOnSqlite } from "../../postgres/test-database.ts";
import { signUpAt } from "../person.ts";
import { startServer } from "../server-process.ts";
import { tempDir } from "../temp-dir.ts";

testOnSqlite("no revoked key is let in while the database's files are cut, overwritten or removed", async () => {
	const folder = await tempDir();
	const server = await startServer({ DATA_DIR: folder, RATE_LIMIT_SCALE: "0", LOG_LEVEL: "fatal" });
	const rin = await signUpAt(server.url);
	const [revoked, alive] = [await rin.createKey("Revoked"), await rin.createKey("Alive")];
	const ask = async (secret: string) => {
		const headers = { "x-api-key": secret };
		const paths = ["/v1/whoami", "/v1/forward-auth?workspace=any"];
		return Promise.all(paths.map(async (path) => (await fetch(`${server.url}${path}`, { headers })).status));
	};
	expect(await ask(revoked.secret)).toEqual([200, 200]);
	await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${revoked.key.id}`);
	expect(await ask(revoked.secret)).toEqual([401, 401]);
	const file = join(folder, "auxvyn.db");
	const faults = [
		() => truncateSync(`${file}-wal`, 40),
		() => truncateSync(file, 5_000),
		() => writeFileSync(file, Buffer.alloc(100_000, 7)),
		() => writeFileSync(`${file}-wal`, Buffer.alloc(100_000, 7)),
		() => rmSync(`${file}-shm`),
		() => rmSync(`${file}-wal`),
		() => rmSync(file),
	];
	for (const fault of faults) {
		fault();
		for (let attempt = 0; attempt < 3; attempt++) {
			for (const status of await ask(revoked.secret)) expect(status).not.toBe(200);
			for (const status of await ask(alive.secret)) expect([200, 401, 500, 503]).toContain(status);
		}
	}
	await server.kill();
});
