import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, it, onTestFinished } from "vitest";

import type { About } from "../../server/doctor/finding.ts";
import { lookHere } from "../../server/doctor/index.ts";
import { freePort } from "../server/free-port.ts";
import { build } from "../server/helper.ts";
import { tempDir } from "../server/temp-dir.ts";
import { startPooler } from "./pooler.ts";
import { createTestDatabase } from "./test-database.ts";

const SHARED = { PUBLIC_URL: "http://localhost:8787", AUXVYN_SECRET: "signs-the-sessions-of-the-doctor-0123456789" };

async function look(url: string, subject: About, env: Record<string, string> = {}): Promise<string[]> {
	const port = String(await freePort());
	const findings = await lookHere({ DATABASE_URL: url, ...SHARED, PORT: port, DATA_DIR: await tempDir(), ...env });
	return findings.filter(({ about }) => about === subject).map(({ state, text }) => `${state}: ${text}`);
}

const database = (url: string) => look(url, "database");

it("npm run doctor looks at the database of DATABASE_URL, and says what is wrong without the password", async () => {
	const url = new URL(await createTestDatabase());
	expect(await database(url.href)).toEqual([
		expect.stringMatching(/^ok: PostgreSQL [\d.]+ answers, and has what is needed\. The connection is not encrypted/),
	]);
	const pooler = await startPooler(Number(url.port));
	onTestFinished(() => pooler.close());
	const pooled = new URL(url);
	pooled.port = String(pooler.port);
	expect(await database(pooled.href)).toEqual([expect.stringMatching(/^problem: .*a pooler in transaction mode/)]);

	url.pathname = "/not_there";
	url.password = "never-to-be-printed";
	expect(await database(url.href)).toEqual([
		"problem: Cannot use the database of DATABASE_URL: there is no such database: create it, as in docs/postgres.md.",
	]);
	url.port = String(await freePort());
	expect(await database(url.href)).toEqual([
		"problem: Cannot use the database of DATABASE_URL: it does not answer (nothing listens there).",
	]);
});

it("servers on one database that have another secret or address say so, and so does npm run doctor", async () => {
	const url = await createTestDatabase();
	const env = { DATABASE_URL: url, ...SHARED };
	const one = await build({ dataDir: await tempDir(), env });
	onTestFinished(() => one.close());
	expect(one.logs.join("")).not.toContain("Another server");
	const other = await build({
		dataDir: await tempDir(),
		env: {
			...env,
			PUBLIC_URL: "https://keys.example.com",
			AUXVYN_SECRET: "signs-other-sessions-0123456789-0123456789",
		},
	});
	for (const name of ["PUBLIC_URL", "AUXVYN_SECRET"])
		expect(other.logs.join("")).toContain(`Another server on the database has another ${name}`);
	const settings = async () => (await look(url, "settings")).filter((line) => line.includes("Another server"));
	expect(await settings()).toEqual([
		expect.stringContaining("another PUBLIC_URL"),
		expect.stringContaining("another AUXVYN_SECRET"),
	]);
	await other.close();
	await expect.poll(settings).toEqual([]);
});

it("npm run doctor looks for the file without which a restore revives what was revoked", async () => {
	const url = await createTestDatabase();
	const dataDir = await tempDir();
	expect(await look(url, "restoring", { DATA_DIR: dataDir })).toEqual([
		expect.stringMatching(/^cannot see: There is no/),
	]);
	await writeFile(join(dataDir, "withdrawals.jsonl"), "");
	expect(await look(url, "restoring", { DATA_DIR: dataDir })).toEqual([expect.stringMatching(/^ok: .*back it up\.$/)]);
});
