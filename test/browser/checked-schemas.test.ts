import { glob } from "node:fs/promises";
import { join } from "node:path";

import { expect, test } from "vitest";

const SERVER = join(import.meta.dirname, "..", "..", "server");
/** What server/dashboard/api/check.ts understands, and what only describes. */
const KEYWORDS = [
	"anyOf",
	"const",
	"description",
	"items",
	"patternProperties",
	"properties",
	"required",
	"title",
	"type",
];
const TYPES = ["array", "boolean", "integer", "null", "object", "string"];

interface SchemaPart {
	type?: string | string[];
	const?: unknown;
	anyOf?: SchemaPart[];
	items?: SchemaPart;
	properties?: Record<string, SchemaPart>;
	patternProperties?: Record<string, SchemaPart>;
}

/** The schema, and the schemas inside it. */
function partsOf(schema: SchemaPart): SchemaPart[] {
	const { anyOf = [], items = [], properties = {}, patternProperties = {} } = schema;
	const inside = [anyOf, items, Object.values(properties), Object.values(patternProperties)].flat();
	return [schema, ...inside.flatMap(partsOf)];
}

test("the server's schemas say nothing that the dashboard's check does not understand", async () => {
	const parts: SchemaPart[] = [];
	for await (const file of glob("**/*.schema.ts", { cwd: SERVER })) {
		const exported = (await import(join(SERVER, file))) as Record<string, SchemaPart>;
		for (const [name, schema] of Object.entries(exported)) {
			if (name.endsWith("Schema")) parts.push(...partsOf(schema));
		}
	}
	expect([...new Set(parts.flatMap((part) => Object.keys(part)))].sort()).toEqual(KEYWORDS);
	expect([...new Set(parts.flatMap(({ type = [] }) => type))].sort()).toEqual(TYPES);
	for (const { anyOf = [] } of parts) {
		const others = anyOf.filter((member) => member.type !== "null" && member.const === undefined);
		expect(others.length).toBeLessThan(2);
	}
});
