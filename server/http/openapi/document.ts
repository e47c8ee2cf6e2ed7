/** The parts of an OpenAPI 3.1 document that are used here. */
export interface Document {
	openapi: string;
	info: { title: string; description?: string; version: string };
	servers?: { url: string }[];
	tags?: { name: string; description?: string }[];
	paths: Record<string, Record<string, Operation>>;
	components: { schemas: Record<string, Schema>; securitySchemes: Record<string, object> };
}

export interface Operation {
	operationId?: string;
	summary?: string;
	description?: string;
	tags?: string[];
	security?: readonly Record<string, string[]>[];
	parameters?: Parameter[];
	requestBody?: { required?: boolean; content: Record<string, MediaType> };
	responses: Record<string, Response>;
}

export interface Parameter {
	name: string;
	in: "path" | "query" | "header";
	required?: boolean;
	description?: string;
	schema: Schema;
	example?: unknown;
}

export interface Response {
	description: string;
	headers?: Record<string, { description?: string; required?: boolean; schema: Schema }>;
	content?: Record<string, MediaType>;
}

export interface MediaType {
	schema?: Schema;
	example?: unknown;
}

/** The part of JSON Schema that the routes use. */
export interface Schema {
	$ref?: string;
	title?: string;
	description?: string;
	type?: string | string[];
	const?: unknown;
	enum?: unknown[];
	anyOf?: Schema[];
	allOf?: Schema[];
	items?: Schema;
	properties?: Record<string, Schema>;
	patternProperties?: Record<string, Schema>;
	additionalProperties?: boolean | Schema;
	required?: string[];
	pattern?: string;
	minLength?: number;
	maxLength?: number;
	minimum?: number;
	maximum?: number;
	format?: string;
	examples?: unknown[];
}

export const SCHEMAS = "#/components/schemas/";
