import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { lookAtAddress } from "../../../server/doctor/address.ts";

describe("npm run doctor looks at the address, and", () => {
	const listener = createServer((socket) => socket.destroy());
	let port: number;

	beforeAll(async () => {
		await once(listener.listen(0, "127.0.0.1"), "listening");
		({ port } = listener.address() as AddressInfo);
	});

	afterAll(() => void listener.close());

	const found = async (host: string, addresses: string[]) =>
		(await lookAtAddress(new URL(`http://${host}:${port}`), { addresses })).finding;

	it("names a name without an address", async () => {
		const answer = await lookAtAddress(new URL("https://keys.example.com"), { addresses: [], failure: "ENOTFOUND" });
		expect(answer).toEqual({
			isReachable: false,
			finding: {
				about: "address",
				state: "problem",
				text: "keys.example.com has no DNS record: add one (A) with the server's public address, and wait until it has spread.",
			},
		});
	});

	it("does not blame the server for this computer's own DNS", async () => {
		const url = new URL("https://keys.example.com");
		const { finding } = await lookAtAddress(url, { addresses: [], failure: "EAI_AGAIN" });
		expect(finding.state).toBe("cannot see");
	});

	it("names one of several records that leads nowhere", async () => {
		expect(await found("keys.example.com", ["127.0.0.1", "127.0.0.2"])).toMatchObject({
			state: "problem",
			text: expect.stringMatching(/^127\.0\.0\.2 of keys\.example\.com does not answer on port \d+/) as string,
		});
	});

	it("is content with one of localhost's addresses", async () => {
		expect(await found("localhost", ["127.0.0.2", "127.0.0.1"])).toMatchObject({ state: "ok" });
	});

	it("cannot tell from here whether a name leads to the server on the internet too", async () => {
		expect(await found("keys.example.com", ["127.0.0.1"])).toMatchObject({
			state: "cannot see",
			text: expect.stringContaining("run this from another network") as string,
		});
	});
});
