import type { Static, TSchema } from "typebox";

/** A response of an unexpected shape. Names the field, never its value: a response may hold a key. */
export class MismatchError extends Error {
	override readonly name = "MismatchError";

	constructor(path: string, expected: string) {
		super(`The response's ${path || "body"} is not ${expected}.`);
	}
}

/**
 * What the schema describes. Without `NoInfer`, the compiler compares TypeBox's types at every call to infer the schema
 * from what the caller expects, which is half of its time for the whole dashboard.
 */
export type Checked<Schema extends TSchema> = NoInfer<Static<Schema>>;

/**
 * Returns what the schema describes of `value`. Other fields are dropped: the server may be newer than the page.
 * @throws MismatchError naming a field that does not match
 */
export function check<Schema extends TSchema>(schema: Schema, value: unknown): Checked<Schema> {
	return read(schema, value, "") as Checked<Schema>;
}

/** The part of JSON Schema that the server's schemas use, and the mark of a time. */
interface JsonSchema {
	type?: string | string[];
	const?: string | number | boolean;
	/** At most one of them is neither a literal nor null. */
	anyOf?: JsonSchema[];
	items?: JsonSchema;
	properties?: Record<string, JsonSchema>;
	required?: string[];
	/** A record's values, by a pattern that every name matches. */
	patternProperties?: Record<string, JsonSchema>;
	/** Of text. */
	"~time"?: true;
}

const isTime = (value: string) => !Number.isNaN(Date.parse(value));
const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);

const TYPES: Record<string, { name: string; includes: (value: unknown) => boolean }> = {
	string: { name: "a string", includes: (value) => typeof value === "string" },
	integer: { name: "a whole number", includes: Number.isInteger },
	boolean: { name: "true or false", includes: (value) => typeof value === "boolean" },
	null: { name: "null", includes: (value) => value === null },
	array: { name: "a list", includes: Array.isArray },
	object: { name: "an object", includes: isObject },
};

function read(schema: JsonSchema, value: unknown, path: string): unknown {
	if (schema.anyOf) return readUnion(schema.anyOf, value, path);
	const types = [schema.type ?? []].flat().map((type) => TYPES[type]);
	if (!types.some((type) => type?.includes(value))) {
		throw new MismatchError(path, types.map((type) => type?.name).join(" or "));
	}
	if (schema.const !== undefined && value !== schema.const) throw new MismatchError(path, String(schema.const));
	if (schema["~time"] && typeof value === "string" && !isTime(value)) throw new MismatchError(path, "a time");
	if (Array.isArray(value)) return value.map((item, index) => read(schema.items ?? {}, item, `${path}[${index}]`));
	return isObject(value) ? readFields(schema, value as Record<string, unknown>, path) : value;
}

function readUnion(members: JsonSchema[], value: unknown, path: string): unknown {
	const literals: unknown[] = members.map((member) => (member.type === "null" ? null : member.const));
	if (value !== undefined && literals.includes(value)) return value;
	const other = members[literals.indexOf(undefined)];
	if (other) return read(other, value, path);
	throw new MismatchError(path, `one of ${literals.join(", ")}`);
}

function readFields(schema: JsonSchema, source: Record<string, unknown>, path: string): object {
	const fields = fieldsOf(schema, source).map(([name, field]) => [
		name,
		read(field, source[name], path === "" ? name : `${path}.${name}`),
	]);
	return Object.fromEntries(fields) as object;
}

/** Of a record, what is there; of any other object, what is required or there. */
function fieldsOf(schema: JsonSchema, source: Record<string, unknown>): [string, JsonSchema][] {
	const { properties = {}, required = [], patternProperties = {} } = schema;
	const [ofRecord] = Object.values(patternProperties);
	if (ofRecord) return Object.keys(source).map((name) => [name, ofRecord]);
	return Object.entries(properties).filter(([name]) => required.includes(name) || source[name] !== undefined);
}
