import { randomBytes } from "node:crypto";

import { expect, test } from "vitest";

import { isWellFormed } from "../../../server/keys/authenticate/well-formed.ts";
import { generateKey } from "../../../server/keys/manage/generate-key.ts";
import { isWellFormedKey } from "../../../shared/key-format.ts";

test("the server takes for well-formed what the plugin does", () => {
	for (let round = 0; round < 300; round++) {
		const key = generateKey();
		expect(isWellFormed(key)).toBe(true);
		const at = round % key.length;
		const changed = [
			key.slice(0, at) + (key[at] === "a" ? "b" : "a") + key.slice(at + 1),
			key.slice(0, at) + key.slice(at + 1),
			`${key}0`,
			key.toUpperCase(),
			`auxvyn_${randomBytes(30).toString("hex")}`,
			key.slice(0, at) + "é" + key.slice(at + 1),
		];
		for (const text of changed) expect(isWellFormed(text), text).toBe(isWellFormedKey(text));
	}
	for (const text of ["", "auxvyn_", `${generateKey()}\n`]) expect(isWellFormed(text)).toBe(isWellFormedKey(text));
});
