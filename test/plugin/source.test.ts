import { expect, test } from "vitest";

import { generateKey } from "../../server/keys/manage/generate-key.ts";
import { startPureModules } from "./pure-module.ts";

const MODULE = "place/source";
const ADDRESS = {
	text: "https://keys.example.com",
	host: "keys.example.com",
	secure: true,
	loopback: false,
	port: 443,
};
const CORE = "print(KEY, ADDRESS, options)\n";

test("a rendered Script starts by saying what it is, and reads back the same", async () => {
	const luau = await startPureModules();
	const key = generateKey();
	const source = String(await luau(MODULE, "renderSource", key, ADDRESS, CORE));
	expect(source.split("\n")[0]).toContain("this Script holds this game's API key");
	expect(source).toContain("Do not move it, copy it or share it");
	expect(source.split(key)).toHaveLength(2);
	expect(await luau(MODULE, "readSource", source, CORE)).toMatchObject({ key, address: ADDRESS });
});

test("replacing the key changes nothing else, whatever was edited around it", async () => {
	const luau = await startPureModules();
	const [first, second] = [generateKey(), generateKey()];
	const rendered = String(await luau(MODULE, "renderSource", first, ADDRESS, CORE));
	const edits = [
		rendered,
		rendered.replaceAll("\n", "\r\n"),
		rendered.replace("apis = {}", 'apis = { "https://api.example.com" }'),
		rendered.replace(`"${first}"`, `'${first}' -- rotate me`),
		rendered.replace("local KEY = ", "\tlocal   KEY=").replace("local options", "-- käse ☃\nlocal options"),
	];
	for (const source of edits) {
		const replaced = await luau(MODULE, "replaceKeyLiteral", source, first, second);
		expect(replaced).toBe(source.replace(first, second));
		expect(await luau(MODULE, "replaceKeyLiteral", replaced, second, first)).toBe(source);
	}
});

test("a source without exactly one key and one address is not changed", async () => {
	const luau = await startPureModules();
	const [first, second] = [generateKey(), generateKey()];
	const rendered = String(await luau(MODULE, "renderSource", first, ADDRESS, CORE));
	const cases: [string, string][] = [
		["", "no-key"],
		[rendered.replace(first, "auxvyn_"), "no-key"],
		[rendered.replace("local KEY", "local key"), "no-key"],
		[rendered.replace(`"${first}"`, `[[${first}]]`), "no-key"],
		[rendered.replace(first, `${first}00`), "no-key"],
		[`${rendered}\n-- ${second}`, "several-keys"],
		[`${rendered}\nlocal KEY = "${first}"`, "several-keys"],
		[rendered.replace("local ADDRESS", "local HOST"), "address"],
		[`${rendered}\nlocal ADDRESS = "https://other.example.com"`, "address"],
		[rendered.replace(ADDRESS.text, "https://keys.example.com/path"), "address"],
		[rendered.replace(ADDRESS.text, "https://user@keys.example.com"), "address"],
	];
	for (const [source, problem] of cases) {
		expect(await luau(MODULE, "readSource", source, CORE)).toBe(problem);
		expect(await luau(MODULE, "replaceKeyLiteral", source, first, second)).toBeUndefined();
	}
});

test("only a well-formed key and a bare address are written into source", async () => {
	const luau = await startPureModules();
	const key = generateKey();
	const rendered = String(await luau(MODULE, "renderSource", key, ADDRESS, CORE));
	const evil = `${key.slice(0, -1)}"`;
	await expect(luau(MODULE, "renderSource", evil, ADDRESS, CORE)).rejects.toThrow("well-formed");
	await expect(luau(MODULE, "renderSource", key, { ...ADDRESS, text: 'https://a" os.exit()' }, CORE)).rejects.toThrow(
		"bare",
	);
	for (const options of ["{ f() }", "{} print(KEY)", `{ "${key}" }`, "{", "x"]) {
		await expect(luau(MODULE, "renderSource", key, ADDRESS, CORE, options)).rejects.toThrow("plain values");
	}
	expect(await luau(MODULE, "replaceKeyLiteral", rendered, key, evil)).toBeUndefined();
	expect(await luau(MODULE, "replaceKeyLiteral", rendered, generateKey(), generateKey())).toBeUndefined();
});

test("an address is an origin in a fixed alphabet with one spelling", async () => {
	const luau = await startPureModules();
	const parse = async (text: string) =>
		(await luau("place/server-address", "parseServerAddress", text)) as typeof ADDRESS | undefined;
	expect((await parse("HTTPS://Keys.Example.com:443/"))?.text).toBe("https://keys.example.com");
	expect((await parse("http://localhost:8787"))?.loopback).toBe(true);
	expect((await parse("http://[::1]:8787"))?.loopback).toBe(true);
	expect((await parse("http://192.168.1.2:8787"))?.loopback).toBe(false);
	for (const text of [
		"",
		"keys.example.com",
		"ftp://a",
		"https://",
		"https://a/b",
		"https://a?b",
		"https://a@b",
		'https://a"',
		"https://a:0",
		"https://a:99999",
		"https://a:",
		"https://ä.de",
		"https://a b",
	]) {
		expect(await parse(text), text).toBeUndefined();
	}
});
