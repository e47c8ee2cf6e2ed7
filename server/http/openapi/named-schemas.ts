import { type Document, type Schema, SCHEMAS } from "./document.ts";

/** Moves every schema with a title to the document's components, and refers to it there. Applies what is `described`. */
export function nameSchemas(document: Document): Document {
	const { schemas } = document.components;
	const visit = (value: unknown): unknown => {
		if (Array.isArray(value)) return value.map(visit);
		if (typeof value !== "object" || value === null) return value;
		const visited = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, visit(part)]));
		const { title, ...schema } = visited as Schema;
		if (typeof title !== "string") return withDescribed(visited);
		schemas[title] ??= schema;
		return { $ref: SCHEMAS + title };
	};
	const { paths } = visit({ paths: document.paths }) as Pick<Document, "paths">;
	return { ...document, paths };
}

function withDescribed({ described, ...schema }: { described?: object }): object {
	return { ...schema, ...described };
}
