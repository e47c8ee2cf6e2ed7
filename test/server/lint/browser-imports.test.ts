import { describe, expect, it } from "vitest";

import { problems } from "./rule-problems.ts";

/** What the rule reports for `code` in a file of server/. */
const inServer = (file: string, code: string) => problems("browser-imports", `server/${file}`, code);

describe("the dashboard", () => {
	it.each([
		["keys/keys-api.ts", 'import { CreatedKeySchema } from "../../keys/manage/keys.schema.ts";'],
		["app.tsx", 'import { StartSchema } from "../first-load/first-load.schema.ts";'],
		["app.tsx", 'import type { Key } from "../../shared/wire.ts"; import "./styles/page.css"; import "solid-js";'],
		["people/role-text.ts", 'const page = import("../invite/invite-page.tsx");'],
	])("may import what dashboard/%s does: %s", (file, code) => {
		expect(inServer(`dashboard/${file}`, code)).toEqual([]);
	});

	it.each([
		["keys/keys-api.ts", 'import { listKeys } from "../../keys/manage/key-list.store.ts";'],
		["keys/keys-api.ts", 'import { Time } from "../../http/schema-parts.ts";'],
		["app.tsx", 'import type { Config } from "../config.ts";'],
		["app.tsx", 'const config = import("../config.ts");'],
		["app.tsx", 'export * from "../clock.ts";'],
		["app.tsx", "const config = import(`../config.ts`);"],
		["app.tsx", 'import { readFileSync } from "node:fs";'],
		["app.tsx", 'import { main } from "../../plugin/build/main.ts";'],
		["app.tsx", 'const files = import.meta.glob("../**/*.ts");'],
		["app.tsx", 'const url = new URL("../secret.ts", import.meta.url);'],
	])("may import no other file of the server, as dashboard/%s does: %s", (file, code) => {
		expect(inServer(`dashboard/${file}`, code)).toEqual([expect.stringContaining("may import only schemas")]);
	});
});

describe("a schema", () => {
	const SCHEMA = "keys/manage/keys.schema.ts";

	it.each([
		[SCHEMA, 'import { Type } from "typebox";'],
		[SCHEMA, 'import type { Key } from "../../../shared/wire.ts";'],
		[SCHEMA, 'import { KeyRefSchema } from "../../activity/refs.schema.ts";'],
		[SCHEMA, 'import { Time } from "../../http/schema-parts.ts";'],
		[SCHEMA, 'import { wireSchema } from "../../http/wire-schema.ts";'],
	])("like %s may have %s", (file, code) => {
		expect(inServer(file, code)).toEqual([]);
	});

	it.each([
		[SCHEMA, 'import { readFileSync } from "node:fs";'],
		[SCHEMA, 'import { Value } from "typebox/value";'],
		[SCHEMA, 'import { rowToKey } from "./key-row.ts";'],
		[SCHEMA, 'export { ADDRESS } from "../../http/address.ts";'],
		["http/schema-parts.ts", 'import { Buffer } from "node:buffer";'],
		["http/wire-schema.ts", 'import { loadConfig } from "../config.ts";'],
	])("like %s may not have %s", (file, code) => {
		expect(inServer(file, code)).toEqual([expect.stringContaining("The dashboard bundles this file")]);
	});
});
