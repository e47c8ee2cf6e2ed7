import { expect, test } from "vitest";

import { startRuntime } from "./pure-module.ts";

const SERVER = { text: "https://keys.example.com", secure: true, loopback: false };
const APIS = { "https://api.example.com": true, "https://api.example.com:8443": true };
const RESOLVE = `resolve = function(target, server, apis)
	local url, own, refusal = resolveTarget(target, server, apis)
	return { url = url, own = own, refusal = if url then nil else refusal }
end`;

test("the key is sent to paths on the server and to listed origins, ports included", async () => {
	const luau = await startRuntime(RESOLVE);
	const resolve = (target: string) => luau("runtime", "resolve", target, SERVER, APIS);
	expect(await resolve("/v1/whoami?x=1#y")).toEqual({ url: "https://keys.example.com/v1/whoami?x=1#y", own: true });
	expect(await resolve("https://KEYS.example.com:443/a")).toEqual({ url: "https://keys.example.com/a", own: true });
	expect(await resolve("https://api.example.com/a?b")).toEqual({ url: "https://api.example.com/a?b", own: false });
	expect(await resolve("https://Api.Example.com:8443")).toEqual({ url: "https://api.example.com:8443", own: false });
});

test("targets that might lead the key to another host are refused", async () => {
	const luau = await startRuntime(RESOLVE);
	const targets = [
		"",
		"whoami",
		"//evil.example/a",
		"/\\evil.example",
		"/a\nHost: evil.example",
		"/a b",
		"http://api.example.com/a",
		"https://evil.example/a",
		"https://api.example.com.evil.example/a",
		"https://api.example.com:444/a",
		"https://api.example.com@evil.example/a",
		"https://user:pass@api.example.com/a",
		"https://api.example.com\\@evil.example/a",
		"https://api.example.com:/a",
		"https:/api.example.com/a",
		"https://",
		"HTTPS://аpi.example.com/a",
		"javascript://api.example.com/a",
		// Names of Luau's own must not count as listed.
		"https://__index/a",
	];
	for (const target of targets) {
		expect(await luau("runtime", "resolve", target, SERVER, APIS), target).toHaveProperty("refusal");
	}
});

test("only https origins can be listed; anything else in the options is ignored", async () => {
	const luau = await startRuntime("list = function(apis) return readApis({ apis = apis }) end");
	const apis = [
		"https://API.example.com:443/",
		"http://api.example.com",
		"http://localhost:8787",
		"https://api.example.com/x",
		"https://*.example.com",
		"*",
		7,
		["https://nested.example"],
	];
	expect(await luau("runtime", "list", apis)).toEqual({ "https://api.example.com": true });
});
