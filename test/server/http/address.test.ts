import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { describe, expect, it } from "vitest";

import { clientAddress, clientAddresses, networkOf } from "../../../server/http/address.ts";
import { infrastructure } from "./infrastructure.ts";

async function seenFrom(remoteAddress: string, forwarded: string | undefined, trusted: string): Promise<string> {
	const { app } = await infrastructure(
		(app) => {
			const addressOf = clientAddresses(trusted === "" ? [] : [trusted]);
			app.get("/address", (request, reply) =>
				reply.send({ address: clientAddress(request), ahead: addressOf(request.raw) }),
			);
		},
		{ TRUSTED_PROXIES: trusted },
	);
	const headers = forwarded === undefined ? {} : { "x-forwarded-for": forwarded };
	const answer = await app.inject({ url: "/address", remoteAddress, headers });
	const { address, ahead } = answer.json<{ address: string; ahead: string }>();
	// Ahead of Fastify it is read from the request itself.
	expect(ahead).toBe(address);
	return address;
}

describe("the client's address", () => {
	it("is the peer's address, whatever an untrusted peer forwards", async () => {
		expect(await seenFrom("203.0.113.7", "198.51.100.1", "")).toBe("203.0.113.7");
		expect(await seenFrom("203.0.113.7", "198.51.100.1", "10.0.0.0/8")).toBe("203.0.113.7");
	});

	it("is what a trusted proxy saw, not what the client claimed", async () => {
		expect(await seenFrom("10.1.2.3", "192.0.2.66, 198.51.100.1", "10.0.0.0/8")).toBe("198.51.100.1");
		expect(await seenFrom("10.1.2.3", "192.0.2.66, 198.51.100.1, 10.9.9.9", "10.0.0.0/8")).toBe("198.51.100.1");
	});

	it("is the peer's address if a trusted proxy forwards something other than an address", async () => {
		expect(await seenFrom("10.1.2.3", "unknown", "10.0.0.0/8")).toBe("10.1.2.3");
	});

	it.each([
		["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"],
		["2001:DB8:0001:0002::1", "2001:db8:1:2::"],
		["2001:db8::1", "2001:db8::"],
		["::1", "::"],
		["fe80::1%eth0", "fe80::"],
		["[2001:db8:1:2::9]:4711", "2001:db8:1:2::"],
		["::ffff:192.0.2.1", "192.0.2.1"],
		["::ffff:c000:201", "192.0.2.1"],
		["192.0.2.1", "192.0.2.1"],
		["192.0.2.1:4711", "192.0.2.1"],
	])("counts %s as %s", (address, counted) => {
		expect(networkOf(address)).toBe(counted);
	});

	it("does not keep in memory the header it was read from", () => {
		setFlagsFromString("--expose-gc");
		const collect = runInNewContext("gc") as () => void;
		const addresses = new Set<string | undefined>();
		const addressOf = clientAddresses(["10.0.0.0/8"]);
		const [socket, padding] = [{ remoteAddress: "10.1.2.3" }, "x".repeat(100_000)];
		collect();
		const before = process.memoryUsage().heapUsed;
		for (let last = 0; last < 256; last++) {
			const header = Buffer.from(`${padding}, 198.51.100.${last}`).toString();
			addresses.add(addressOf({ socket, headers: { "x-forwarded-for": header } } as never));
		}
		collect();
		expect(addresses).toContain("198.51.100.255");
		expect(addresses.size).toBe(256);
		expect(process.memoryUsage().heapUsed - before).toBeLessThan(5_000_000);
	});

	it.each(["", "unknown", "1.2.3", "1.2.3.4.5", "2001:db8::1::2", "_hidden"])(
		"does not accept %j as an address",
		(text) => {
			expect(networkOf(text)).toBeUndefined();
		},
	);
});
