import { writeFile } from "node:fs/promises";
import path from "node:path";

import { afterAll, beforeAll, expect, it } from "vitest";

import { prepareDatabase } from "../../server/storage/postgres/prepare-database.ts";
import { openSession } from "../../server/storage/postgres/session.ts";
import { type Authority, createAuthority } from "../server/certificates.ts";
import { tempDir } from "../server/temp-dir.ts";
import { ownCluster } from "./fault-fixture.ts";

const postgres = ownCluster();
let authority: Authority;
let other: Authority;

beforeAll(async () => {
	[authority, other] = await Promise.all([createAuthority(), createAuthority()]);
});
afterAll(async () => Promise.all([authority.close(), other.close()]));

/** Starts PostgreSQL again, with a certificate for this name. */
async function certify(host: string): Promise<void> {
	const { key, cert } = await authority.issue(host);
	const folder = await tempDir();
	const files = { ssl_key_file: path.join(folder, "key.pem"), ssl_cert_file: path.join(folder, "cert.pem") };
	await Promise.all([writeFile(files.ssl_key_file, key, { mode: 0o600 }), writeFile(files.ssl_cert_file, cert)]);
	for (const each of [folder, ...Object.values(files)]) await postgres.cluster.give(each);
	await postgres.cluster.kill("SIGINT");
	await postgres.cluster.launch({ ssl: "on", ...files });
}

/** The URL of a database by way of TLS, with its host as it is to be called. */
async function url(mode: string, trusted: Authority, host = "localhost"): Promise<string> {
	const found = new URL(await postgres.createDatabase());
	found.hostname = host;
	found.searchParams.set("sslmode", mode);
	found.searchParams.set("sslrootcert", trusted.env.NODE_EXTRA_CA_CERTS);
	return found.href;
}

it("PostgreSQL's certificate is checked, with its host name, unless that is waived in words", async () => {
	await certify("localhost");
	const mode = "verify-full";
	const session = await openSession({ url: await url(mode, authority), name: "test" });
	const { rows } = await session.run("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()");
	await session.close();
	expect(rows).toEqual([{ ssl: true }]);
	await expect(prepareDatabase(await url(mode, other))).rejects.toThrow("no authority that is known here");
	await expect(prepareDatabase(await url(mode, authority, "127.0.0.1"))).rejects.toThrow("is for another host name");
	await prepareDatabase(await url("no-verify", other));
});
