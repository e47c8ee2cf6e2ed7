import fastJsonStringify from "fast-json-stringify";
import type { FastifyInstance } from "fastify";

type Serializer = (value: unknown) => string;

/** By the schema's JSON. Compiling takes longer than anything else at the start, and many routes have a schema in common. */
const compiled = new Map<string, Serializer>();

/** Compiles each response schema once for all routes, and for all servers of this process. */
export function shareSerializers(app: FastifyInstance): void {
	app.setSerializerCompiler<object>(({ schema }) => {
		const text = JSON.stringify(schema);
		const serializer = compiled.get(text) ?? fastJsonStringify(schema);
		compiled.set(text, serializer);
		return serializer;
	});
}
