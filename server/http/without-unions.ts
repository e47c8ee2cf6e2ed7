type Schema = Readonly<Record<string, unknown>>;

/**
 * The schema of the same JSON without unions of a schema and null, or of texts. For any union, the serializer would have
 * Ajv compile a validator of each member, which takes longer than anything else in the first answer of a route.
 */
export function withoutUnions(schema: object): object {
	return rewrite(schema) as object;
}

function rewrite(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(rewrite);
	if (!isSchema(value)) return value;
	const copy = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, rewrite(each)]));
	const { anyOf, ...rest } = copy;
	if (!Array.isArray(anyOf) || !anyOf.every(isSchema)) return copy;
	if (anyOf.every((member) => typeof member["const"] === "string"))
		return { ...rest, type: "string", enum: anyOf.map((member) => member["const"]) };
	const [member, ...others] = anyOf.filter(({ type }) => type !== "null");
	if (member === undefined || others.length > 0 || anyOf.length !== 2 || typeof member["type"] !== "string")
		return copy;
	return { ...rest, ...member, nullable: true };
}

function isSchema(value: unknown): value is Schema {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
