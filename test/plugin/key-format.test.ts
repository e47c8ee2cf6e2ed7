import { randomBytes } from "node:crypto";

import { expect, test } from "vitest";

import { formatKey, isWellFormedKey, keyChecksum } from "../../shared/key-format.ts";
import { startPureModules } from "./pure-module.ts";

const MODULE = "shared/key-format";
const ZEROS = "0".repeat(52);

function damaged(key: string): string[] {
	const at = 7 + Math.floor(Math.random() * 60);
	const other = key[at] === "0" ? "1" : "0";
	return [
		`${key.slice(0, at)}${other}${key.slice(at + 1)}`,
		key.slice(0, -1),
		`${key}0`,
		key.toUpperCase(),
		key.replace("auxvyn_", "auxvyn-"),
		` ${key}`,
		`${key}\n`,
		key.replace(/.$/, "é"),
	];
}

test("Luau and Node compute the same checksum", async () => {
	const luau = await startPureModules();
	const vectors = [ZEROS, "f".repeat(52), ...Array.from({ length: 100 }, () => randomBytes(26).toString("hex"))];
	for (const random of vectors) {
		expect(await luau(MODULE, "keyChecksum", random)).toBe(keyChecksum(random));
		expect(await luau(MODULE, "formatKey", random)).toBe(formatKey(random));
	}
});

test("Luau and Node agree on which texts are well-formed keys", async () => {
	const luau = await startPureModules();
	for (let round = 0; round < 30; round++) {
		const key = formatKey(randomBytes(26).toString("hex")) ?? "";
		expect(await luau(MODULE, "isWellFormedKey", key)).toBe(true);
		for (const text of damaged(key)) {
			expect(isWellFormedKey(text), text).toBe(false);
			expect(await luau(MODULE, "isWellFormedKey", text), text).toBe(false);
		}
	}
});
