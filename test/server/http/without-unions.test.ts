import fastJsonStringify from "fast-json-stringify";
import { Type } from "typebox";
import { describe, expect, it } from "vitest";

import { nullable, TextOrNull } from "../../../server/http/schema-parts.ts";
import { withoutUnions } from "../../../server/http/without-unions.ts";

const Role = Type.Union([Type.Literal("owner"), Type.Literal("member")]);
const Inner = Type.Object({ count: nullable(Type.Integer()), label: TextOrNull, role: Role });
const Whole = Type.Object({
	inner: nullable(Inner, { description: "none at first" }),
	list: nullable(Type.Array(nullable(Inner))),
	isKnown: nullable(Type.Boolean()),
	either: Type.Union([Type.Object({ text: Type.String() }), Type.Object({ count: Type.Integer() })]),
	optional: Type.Optional(nullable(Inner)),
});

describe("a schema without unions", () => {
	const inner = { count: null, label: "<“quoted”>", role: "owner" };
	const stringify = fastJsonStringify(withoutUnions(Whole)) as (value: unknown) => string;

	it.each([
		{ inner: null, list: null, isKnown: null, either: { text: "" } },
		{ inner, list: [], isKnown: false, either: { count: 1 }, optional: null },
		{
			inner: { ...inner, count: 0, label: null },
			list: [inner, null],
			isKnown: true,
			either: { count: 1 },
			optional: inner,
		},
	])("gives the same JSON: %j", (value) => {
		expect(JSON.parse(stringify(value))).toEqual(value);
		expect(stringify(value)).toBe(fastJsonStringify(Whole)(value));
	});

	it("still leaves out what is not in it, at every depth", () => {
		const extended = { inner: { ...inner, secret: "s" }, list: [{ ...inner, secret: "s" }], isKnown: true };
		expect(stringify({ ...extended, either: { text: "" }, secret: "s" })).not.toContain("secret");
	});

	it("still fails for an object that lacks a property", () => {
		expect(() => stringify({ inner: { count: 1 }, list: null, isKnown: null, either: { text: "" } })).toThrow("label");
	});
});
