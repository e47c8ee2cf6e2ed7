import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { isIP } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { generate } from "selfsigned";

const DAY_MS = 86_400_000;

export interface Certificate {
	key: string;
	cert: string;
}

export interface Authority {
	/** Trusts it: for the environment of a Node process. */
	env: { NODE_EXTRA_CA_CERTS: string };
	/** A certificate from it, valid from so many days ago until in so many days. */
	issue(host: string, fromDays?: number, untilDays?: number): Promise<Certificate>;
	close(): Promise<void>;
}

/** An authority that only processes with its `env` know. */
export async function createAuthority(): Promise<Authority> {
	const name = [{ name: "commonName", value: "Auxvyn's tests" }];
	const authority = await generate(name, {
		algorithm: "sha256",
		keyType: "ec",
		extensions: [
			{ name: "basicConstraints", cA: true },
			{ name: "keyUsage", keyCertSign: true },
		],
	});
	const folder = await mkdtemp(join(tmpdir(), "auxvyn-test-"));
	const file = join(folder, "authority.pem");
	await writeFile(file, authority.cert);
	return {
		env: { NODE_EXTRA_CA_CERTS: file },
		async issue(host, fromDays = -1, untilDays = 89) {
			const issued = await generate([{ name: "commonName", value: host }], {
				algorithm: "sha256",
				keyType: "ec",
				notBeforeDate: new Date(Date.now() + fromDays * DAY_MS),
				notAfterDate: new Date(Date.now() + untilDays * DAY_MS),
				ca: { key: authority.private, cert: authority.cert },
				extensions: [{ name: "subjectAltName", altNames: namesOf(host) }],
			});
			return { key: issued.private, cert: issued.cert };
		},
		close: () => rm(folder, { recursive: true, force: true }),
	};
}

/** An address also as a name, because that is what some clients compare it with. */
function namesOf(host: string) {
	const name = { type: 2, value: host } as const;
	return isIP(host) === 0 ? [name] : [name, { type: 7, ip: host } as const];
}
