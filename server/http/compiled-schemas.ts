import { TypeBoxValidatorCompiler } from "@fastify/type-provider-typebox";
import fastJsonStringify from "fast-json-stringify";
import type { FastifyInstance } from "fastify";
import type { FastifyRouteSchemaDef, FastifyValidationResult } from "fastify/types/schema.js";

import { withoutUnions } from "./without-unions.ts";

/**
 * Compiles each schema once for all routes, and for all servers of this process: it takes longer than anything else at the
 * start, and many routes have a schema in common.
 */
export function shareCompiledSchemas(app: FastifyInstance): void {
	app.setValidatorCompiler<object>((part) => validatorOf(part));
	app.setSerializerCompiler<object>(({ schema }) => serializerOf(schema));
}

type Validator = FastifyValidationResult;
type Serializer = (value: unknown) => string;

/** Bodies are JSON; of the other parts, texts are converted. */
const validators = { body: new WeakMap<object, Validator>(), other: new WeakMap<object, Validator>() };

function validatorOf(part: FastifyRouteSchemaDef<object>): Validator {
	const known = validators[part.httpPart === "body" ? "body" : "other"];
	let validator = known.get(part.schema);
	if (validator === undefined) {
		validator = part.httpPart === "body" ? TypeBoxValidatorCompiler(part) : withoutTruths(part);
		known.set(part.schema, validator);
	}
	return validator;
}

/** TypeBox would take `limit=true` for 1. */
function withoutTruths(part: FastifyRouteSchemaDef<object>): Validator {
	const validate = TypeBoxValidatorCompiler(part);
	const { properties = {} } = part.schema as { properties?: Record<string, { type?: string }> };
	const numbers = Object.entries(properties).flatMap(([name, { type }]) => (type === "integer" ? [name] : []));
	if (numbers.length === 0) return validate;
	return (value: Record<string, unknown>) => {
		const wrong = numbers.find((name) => /^(true|false)$/i.test(String(value[name])));
		if (wrong === undefined) return validate(value);
		return {
			error: [{ keyword: "type", instancePath: `/${wrong}`, schemaPath: "", params: {}, message: "must be integer" }],
		};
	};
}

const serializers = new WeakMap<object, Serializer>();
/** By the schema's JSON: Fastify hands over some of them as copies. */
const serializersByText = new Map<string, Serializer>();

function serializerOf(schema: object): Serializer {
	let serializer = serializers.get(schema);
	if (serializer === undefined) {
		const text = JSON.stringify(schema);
		serializer = serializersByText.get(text) ?? compiledAtFirstUse(schema);
		serializersByText.set(text, serializer);
		serializers.set(schema, serializer);
	}
	return serializer;
}

/** Most of what a server can answer it never does, or not soon, and a start is not to wait for it. */
function compiledAtFirstUse(schema: object): Serializer {
	let compiled: Serializer | undefined;
	return (value) => {
		compiled ??= fastJsonStringify(withoutUnions(schema)) as Serializer;
		return compiled(value);
	};
}
