import { type Document, type Schema, SCHEMAS } from "./document.ts";
import { EXAMPLE_TIME, EXAMPLE_VALUES, EXAMPLES_WITHIN } from "./example-values.ts";

export type ExampleOf = (schema: Schema, name?: string) => unknown;

/** Makes an example of what a schema describes: its required fields, as a person might see them, always the same. */
export function createExamples({ schemas }: Document["components"]): ExampleOf {
	/** `name`: of the field that has this schema. `within`: the field or named schema that this one is in. */
	function exampleOf(schema: Schema, name = "", within = ""): unknown {
		const { $ref, anyOf, allOf, type, properties = {}, required = [], items = {} } = schema;
		if ($ref !== undefined) {
			const shape = $ref.slice(SCHEMAS.length);
			return exampleOf(schemas[shape] ?? {}, shape, within);
		}
		if (schema.const !== undefined) return schema.const;
		if (schema.enum !== undefined) return schema.enum[0];
		if (schema.examples !== undefined) return schema.examples[0];
		if (allOf !== undefined) return Object.assign({}, ...allOf.map((each) => exampleOf(each, name, within))) as object;
		const known = knownExample(schema, name, within);
		if (known !== undefined) return known;
		if (anyOf !== undefined) return exampleOf(anyOf[0] ?? {}, name, within);
		const fields = required.map((each) => [each, exampleOf(properties[each] ?? {}, each, name)]);
		switch ([type].flat()[0]) {
			case "object":
				return Object.fromEntries(fields) as object;
			case "array":
				return [exampleOf(items, singular(name), within)];
			case "integer":
				return 0;
			case "boolean":
				return false;
			case "null":
				return null;
			default:
				return "…";
		}
	}

	return exampleOf;
}

function knownExample(schema: Schema, name: string, within: string): unknown {
	const { type, description = "" } = schema;
	const known = EXAMPLES_WITHIN[within]?.[name] ?? EXAMPLE_VALUES[name];
	if (known !== undefined && allows(schema, known)) return known;
	return [type].flat().includes("string") && description.includes("ISO 8601") ? EXAMPLE_TIME : undefined;
}

/** Whether the type is right. */
function allows({ type, anyOf }: Schema, value: unknown): boolean {
	if (anyOf !== undefined) return anyOf.some((each) => allows(each, value));
	const is = value === null ? "null" : Number.isInteger(value) ? "integer" : typeof value;
	return [type].flat().includes(is);
}

function singular(name: string): string {
	return name === "entries" ? "entry" : name.replace(/s$/, "");
}
