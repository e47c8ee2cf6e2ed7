import { STATUS_CODES } from "node:http";

import type { FastifySchema, RouteOptions } from "fastify";
import { Type } from "typebox";

import { ROUTES } from "../../../shared/wire.ts";
import { ProblemSchema } from "../problem.schema.ts";
import type { Document, Operation, Response } from "./document.ts";
import { errorResponses } from "./error-responses.ts";
import { nameSchemas } from "./named-schemas.ts";
import { OAuthErrorSchema } from "./oauth-error.schema.ts";
import { PATH_PARAMETERS } from "./path-parameters.ts";
import { securityOf } from "./route-security.ts";

/** What @fastify/swagger writes for a response without a description. */
const NO_DESCRIPTION = "Default Response";
/** OpenAPI has no words for “any method”. */
const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
const FORM = "application/x-www-form-urlencoded";

/** Completes what @fastify/swagger makes of the routes by what every route of a kind has. */
export function createDescriber() {
	const routes = new Map<string, RouteOptions>();

	/** Before @fastify/swagger has converted a route. */
	function prepare(schema: FastifySchema | undefined, route: RouteOptions): FastifySchema {
		const path = route.url.replaceAll(/:(\w+)/g, "{$1}");
		for (const method of [route.method].flat()) routes.set(`${method.toLowerCase()} ${path}`, route);
		const { params, unchecked: { form, ...parameters } = {} } = schema ?? {};
		return {
			...schema,
			...parameters,
			...(params !== undefined && { params: describedParameters(params as Type.TObject) }),
			...(form !== undefined && { body: form, consumes: [FORM] }),
		};
	}

	/** After it has converted all. */
	function complete(document: Document): Document {
		document.components.schemas = { Problem: { ...ProblemSchema }, OAuthError: { ...OAuthErrorSchema } };
		for (const [path, operations] of Object.entries(document.paths)) {
			for (const [method, operation] of Object.entries(operations)) {
				const route = routes.get(`${method} ${path}`);
				if (route !== undefined) completeOperation(operation, { route, method, path });
			}
		}
		const forwardAuth = document.paths[ROUTES.forwardAuth];
		const { get } = forwardAuth ?? {};
		for (const method of get === undefined ? [] : METHODS) {
			Object.assign(forwardAuth ?? {}, { [method]: { ...get, operationId: idOf(method, ROUTES.forwardAuth) } });
		}
		return nameSchemas(document);
	}

	return { prepare, complete };
}

function completeOperation(
	operation: Operation,
	{ route, method, path }: { route: RouteOptions; method: string; path: string },
): void {
	operation.operationId = idOf(method, path);
	operation.security = securityOf(route);
	const { body } = route.schema ?? {};
	if (operation.requestBody && body !== undefined && Type.IsOptional(body)) {
		operation.requestBody.required = false;
	}
	const isError = ([status]: [string, Response]): boolean => Number(status) >= 400;
	const declared = Object.entries(operation.responses);
	const accepted = declared.filter((each) => !isError(each));
	for (const [status, response] of accepted) {
		if (response.description === NO_DESCRIPTION) response.description = STATUS_CODES[status] ?? "OK";
	}
	const refused = errorResponses(route, Object.fromEntries(declared.filter(isError)));
	operation.responses = { ...Object.fromEntries(accepted), ...refused };
}

/** `get-api-workspaces-workspaceId`, which is also the operation's anchor in the page. */
function idOf(method: string, path: string): string {
	return [method, ...path.split(/[^\w.]+/).filter((part) => part !== "")].join("-");
}

function describedParameters({ properties, required }: Type.TObject): object {
	const described = Object.entries(properties).map(([name, schema]) => {
		return [name, { ...schema, ...PATH_PARAMETERS[name] }];
	});
	return { type: "object", required, properties: Object.fromEntries(described) as object };
}
