import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { listStores } from "../../../server/storage/store-list.ts";
import { storeModules, stores } from "../../../server/stores.ts";

const SERVER = fileURLToPath(new URL("../../../server/", import.meta.url));

describe("the list of store functions", () => {
	it("has every `*.store.ts` module", async () => {
		const files = readdirSync(SERVER, { recursive: true, encoding: "utf8" }).filter((name) =>
			name.endsWith(".store.ts"),
		);
		expect(files.length).toBeGreaterThan(30);
		for (const file of files) {
			const module = (await import(`${SERVER}${file}`)) as object;
			expect(storeModules.includes(module), file).toBe(true);
		}
		expect(storeModules).toHaveLength(files.length);
	});

	it("refuses two functions with the same name, and one exported under another name", () => {
		const module = { async store() {} };
		expect(() => listStores("", [module, { async store() {} }])).toThrow("The name store is taken");
		expect(() => listStores("", [{ alias: module.store }])).toThrow("The name alias");
		expect(stores.byName.size).toBeGreaterThan(60);
	});
});
