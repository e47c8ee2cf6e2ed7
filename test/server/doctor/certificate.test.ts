import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";

import { type Authority, type Certificate, createAuthority } from "../certificates.ts";
import { runCommand } from "../run-command.ts";
import { type Front, startFront } from "./front.ts";

let authority: Authority;

beforeAll(async () => {
	authority = await createAuthority();
});

afterAll(() => authority.close());

/** The line about https, of a server with this certificate. */
async function https(
	certificate: Certificate | undefined,
	env: Record<string, string> = authority.env,
): Promise<string> {
	const front: Front = await startFront(certificate);
	onTestFinished(front.close);
	const { stdout } = await runCommand("doctor", [front.url.replace("http:", "https:")], env);
	return /^(.*?) {2,}https +(.*)$/m.exec(stdout)?.slice(1).join(": ") ?? stdout;
}

describe("npm run doctor looks at the certificate, and", () => {
	it("takes one that is valid", async () => {
		expect(await https(await authority.issue("localhost"))).toMatch(
			/^ok: The certificate is valid until \d{4}-\d\d-\d\d, 8[89] days from now\.$/,
		);
	});

	it("names one that should have been renewed", async () => {
		expect(await https(await authority.issue("localhost", -80, 10))).toMatch(
			/^problem: The certificate is valid until .*, (9|10) days from now, and should have been renewed/,
		);
	});

	it("names one that has expired", async () => {
		expect(await https(await authority.issue("localhost", -90, -1))).toMatch(/^problem: The certificate has expired/);
	});

	it("names one that is not valid yet", async () => {
		expect(await https(await authority.issue("localhost", 1, 90))).toMatch(
			/^problem: The certificate is not valid yet: check the clock/,
		);
	});

	it("names one for another host name", async () => {
		expect(await https(await authority.issue("keys.example.com"))).toMatch(
			/^problem: The certificate is for another host name/,
		);
	});

	it("names one of an authority that nobody knows", async () => {
		expect(await https(await authority.issue("localhost"), {})).toMatch(/^problem: The certificate .*authority/);
	});

	it("names a port that speaks http", async () => {
		expect(await https(undefined)).toMatch(/^problem: Port \d+ speaks http, not https/);
	});
});
