import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { prepareDatabase } from "../../server/storage/postgres/prepare-database.ts";
import { settleRestored } from "../../server/storage/postgres/withdrawals/settle.ts";
import { build, type Person, type TestServer } from "../server/helper.ts";
import { runCommand } from "../server/run-command.ts";
import { tempDir } from "../server/temp-dir.ts";
import { Cluster } from "./cluster.ts";
import { findPostgres } from "./find-postgres.ts";

const SHARED = { PUBLIC_URL: "http://localhost:8787", AUXVYN_SECRET: "signs-the-sessions-of-all-tests-0123456789" };

let cluster: Cluster;
let template: string;

beforeAll(async () => {
	cluster = await Cluster.start((await findPostgres()) ?? "");
	template = await cluster.createDatabase();
	await prepareDatabase(template);
});

afterAll(() => cluster.stop());

const nameOf = (url: string) => new URL(url).pathname.slice(1);

function server(url: string, dataDir: string): Promise<TestServer> {
	return build({ dataDir, env: { ...SHARED, DATABASE_URL: url } });
}

const fileIn = (dataDir: string) => join(dataDir, "withdrawals.jsonl");

async function kindsIn(dataDir: string): Promise<unknown[]> {
	const lines = (await readFile(fileIn(dataDir), "utf8")).trimEnd().split("\n");
	return lines.map((line) => (JSON.parse(line) as { what: string }).what);
}

function revoke(person: Person, keyId: string) {
	return person.request("DELETE", `/api/workspaces/${person.workspaceId}/keys/${keyId}`);
}

/**
 * An installation of two servers on a database that was restored to the point before a key was revoked on one of them,
 * and a workspace deleted on the other.
 */
async function restored() {
	const [one, other] = [await tempDir(), await tempDir()];
	const lost = await cluster.createDatabase(nameOf(template));
	const first = await server(lost, one);
	const rin = await first.signUp();
	const [kept, leaked, earlier] = [
		await rin.createKey("Kept"),
		await rin.createKey("Leaked"),
		await rin.createKey("Old"),
	];
	const made = await rin.request("POST", "/api/workspaces", { name: "Side" });
	const sideId = made.json<{ workspace: { id: string } }>().workspace.id;
	await revoke(rin, earlier.id);
	await first.close();
	const url = await cluster.createDatabase(nameOf(lost));
	const [again, second] = [await server(lost, one), await server(lost, other)];
	const person = (app: TestServer): Person => ({ ...rin, request: requestOn(app, rin) });
	expect((await revoke(person(again), leaked.id)).statusCode).toBe(204);
	const deleted = await person(second).request("DELETE", `/api/workspaces/${sideId}`, { name: "Side" });
	expect(deleted.statusCode).toBe(204);
	// Each of them hears of it, whichever server did it.
	for (const dataDir of [one, other]) {
		await expect.poll(() => kindsIn(dataDir)).toEqual(expect.arrayContaining(["key", "workspace", "complete"]));
	}
	await Promise.all([again.close(), second.close()]);
	return { url, one, other, rin, kept, leaked, person };
}

function requestOn({ app }: TestServer, { cookie }: Person): Person["request"] {
	return (method, url, body) =>
		app.inject({
			method,
			url,
			headers: { cookie, origin: SHARED.PUBLIC_URL, ...(body !== undefined && { "content-type": "application/json" }) },
			...(body !== undefined && { payload: JSON.stringify(body) }),
		});
}

const WARNS_AT_COMMIT = `
	CREATE FUNCTION warn() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE WARNING 'no standby'; RETURN NULL; END $$;
	CREATE CONSTRAINT TRIGGER warns AFTER INSERT ON restoration DEFERRABLE INITIALLY DEFERRED
		FOR EACH ROW EXECUTE FUNCTION warn()`;

describe("a database that was restored to an earlier point", () => {
	it("is not used until what was withdrawn since is withdrawn again", { timeout: 60_000 }, async () => {
		const { url, one, other, kept, leaked, person } = await restored();
		await expect(server(url, one)).rejects.toThrow(/it has forgotten withdrawals that \S+ has \(\d\): it was restored/);
		const env = { ...SHARED, DATABASE_URL: url, DATA_DIR: one };
		const { code, stdout, stderr } = await runCommand("restore", ["--withdrawals", fileIn(other)], env);
		expect([code, stderr]).toEqual([0, ""]);
		expect(stdout).toMatch(/^ {2}revoked: key Leaked …\w{4} in Rin's workspace$/m);
		expect(stdout).toMatch(/^ {2}deleted: workspace Side, with its keys$/m);
		const [again, second] = [await server(url, one), await server(url, other)];
		for (const app of [again, second]) {
			expect((await app.whoami(leaked.secret)).statusCode).toBe(401);
			expect((await app.whoami(kept.secret)).statusCode).toBe(200);
			expect((await person(app).request("GET", "/api/workspaces")).statusCode).toBe(401);
		}
		await expect(
			settleRestored({ url, own: fileIn(one), files: [], asBackedUp: false, now: Date.now() }),
		).rejects.toThrow(/^A server is running on the database: stop all servers first/);
	});

	it("is only taken as it is on purpose", async () => {
		const { url, one, leaked } = await restored();
		const nowhere = fileIn(await tempDir());
		const given = { url, own: nowhere, files: [], asBackedUp: false, now: Date.now() };
		await expect(settleRestored(given)).rejects.toThrow(
			/^There is no file of withdrawals at .* Nothing was changed\.$/,
		);
		const foreign = fileIn(await tempDir());
		await writeFile(foreign, `{"what":"complete","account":"someone","at":"2026-01-01T00:00:00.000Z"}\n`);
		await expect(settleRestored({ ...given, files: [foreign] })).rejects.toThrow(/it is of another installation/);
		// As of a standby that it gave up waiting for.
		await cluster.sql(nameOf(url), WARNS_AT_COMMIT);
		expect(await settleRestored({ ...given, own: fileIn(one), asBackedUp: true })).toMatchObject({
			withdrawn: [],
			warnings: [expect.stringMatching(/may not be on its standby/) as string],
		});
		const app = await server(url, one);
		expect((await app.whoami(leaked.secret)).statusCode).toBe(200);
	});
});

describe("a server whose withdrawals.jsonl cannot be written", () => {
	it("goes on, says so once, and catches up", async () => {
		const dataDir = await tempDir();
		const url = await cluster.createDatabase(nameOf(template));
		await mkdir(fileIn(dataDir));
		const app = await server(url, dataDir);
		const rin = await app.signUp();
		const keys = [await rin.createKey("One"), await rin.createKey("Two"), await rin.createKey("Three")];
		for (const { id } of keys.slice(1)) expect((await revoke(rin, id)).statusCode).toBe(204);
		await expect.poll(() => app.logs.filter((line) => line.includes("cannot be written")).length).toBe(1);
		await rm(fileIn(dataDir), { recursive: true });
		expect((await revoke(rin, keys[0]?.id ?? "")).statusCode).toBe(204);
		// In which order depends on what else was committed in between.
		const kinds = async () => (await kindsIn(dataDir).catch(() => [])).toSorted();
		await expect.poll(kinds).toEqual(["complete", "key", "key", "key"]);
	});
});
