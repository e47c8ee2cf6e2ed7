import { expect, test } from "vitest";

import { isLoopbackHost } from "../../server/config.ts";
import { startRuntime } from "./pure-module.ts";

interface Parsed {
	loopback: boolean;
}

const HOSTS: [host: string, loopback: boolean][] = [
	["localhost", true],
	["LocalHost", true],
	["keys.localhost", true],
	["127.0.0.1", true],
	["127.1.22.254", true],
	["[::1]", true],
	["127.evil.com", false],
	["127.0.0.evil.com", false],
	["127.0.0.1.evil.com", false],
	["127.0.0", false],
	["127.0.0.0.1", false],
	["x127.0.0.1", false],
	["1127.0.0.1", false],
	["localhost.evil.com", false],
	["notlocalhost", false],
	["0.0.0.0", false],
	["192.168.1.2", false],
	["[::2]", false],
	["keys.example.com", false],
];

test("server, plugin and game agree on which addresses are loopback", async () => {
	const luau = await startRuntime("parse = parseOrigin");
	for (const [host, loopback] of HOSTS) {
		const address = `https://${host}:8787`;
		const plugin = (await luau("place/server-address", "parseServerAddress", address)) as Parsed;
		const game = (await luau("runtime", "parse", `${address}/v1/whoami`)) as Parsed;
		const results = { server: isLoopbackHost(host), plugin: plugin.loopback, game: game.loopback };
		expect(results, host).toEqual({ server: loopback, plugin: loopback, game: loopback });
	}
});
