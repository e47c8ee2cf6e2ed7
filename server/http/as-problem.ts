import type { FastifyError } from "fastify";

import { type FieldError, ProblemError } from "../errors/problem-error.ts";
import { StorageError } from "../errors/storage-error.ts";
import { storageProblem } from "../errors/storage-problem.ts";

type Known = readonly [status: number, code: string, detail: string];

const MALFORMED: Known = [400, "invalid_request", "The request is malformed. Correct it and send it again."];
const FRAMEWORK: Record<string, Known> = {
	FST_ERR_CTP_INVALID_MEDIA_TYPE: [
		415,
		"unsupported_media_type",
		"Send the body as application/json, or under /oauth/ as application/x-www-form-urlencoded.",
	],
	FST_ERR_ROUTE_MISSING_CONTENT_TYPE: [
		415,
		"unsupported_media_type",
		"Send the body as application/json, or under /oauth/ as application/x-www-form-urlencoded.",
	],
	FST_ERR_CTP_BODY_TOO_LARGE: [413, "body_too_large", "The body is too large. Send less."],
	FST_ERR_CTP_INVALID_JSON_BODY: [400, "invalid_request", "The body is not valid JSON. Correct it and send it again."],
	FST_ERR_CTP_EMPTY_JSON_BODY: [400, "invalid_request", "The body is empty. Send JSON, or leave out Content-Type."],
	FST_ERR_BAD_URL: [400, "invalid_request", "The URL contains a malformed percent-encoding. Correct it."],
	FST_ERR_MAX_PARAM_LENGTH: [414, "uri_too_long", "Part of the URL is too long. Check it."],
	FST_ERR_NOT_FOUND: [404, "not_found", "Nothing was found at this URL. Check the URL and the method."],
};

/** The problem to send for `error`, or undefined for a bug. Never repeats the request. */
export function asProblem(error: unknown): ProblemError | undefined {
	if (error instanceof ProblemError) return error;
	if (error instanceof StorageError) return storageProblem(error);
	const { code, statusCode, validation, validationContext } = (error ?? {}) as Partial<FastifyError>;
	if (validation) return invalidRequest(validation, validationContext);
	const framework = FRAMEWORK[code ?? ""];
	if (framework) return problem(framework, error);
	if (statusCode === undefined || statusCode < 400 || statusCode > 499) return undefined;
	return problem([statusCode, MALFORMED[1], MALFORMED[2]], error);
}

function problem([status, code, detail]: Known, cause: unknown): ProblemError {
	return new ProblemError(status, code, detail, { cause });
}

function invalidRequest(found: NonNullable<FastifyError["validation"]>, context: string | undefined): ProblemError {
	const errors = found.flatMap((each): FieldError[] => {
		const { instancePath, keyword, params, message } = each;
		const path = instancePath.slice(1).replaceAll("/", ".");
		// Field names come from the request too, and may contain secrets.
		if (keyword === "additionalProperties") return [{ path, message: "contains an unknown field" }];
		if (keyword === "boolean" || keyword === "anyOf") return [];
		if (keyword === "const") return found.find(isChoiceAt(instancePath)) === each ? [choice(found, each)] : [];
		if (keyword !== "required") return [{ path, message: message ?? "is not valid" }];
		const missing = (params as { requiredProperties?: string[] }).requiredProperties ?? [];
		return missing.map((name) => ({ path: path === "" ? name : `${path}.${name}`, message: "is missing" }));
	});
	const where = context === "querystring" ? "query" : (context ?? "request");
	const detail = `The ${where} is invalid. Correct what \`errors\` lists.`;
	return new ProblemError(400, "invalid_request", detail, { errors });
}

type Found = NonNullable<FastifyError["validation"]>[number];

function isChoiceAt(path: string) {
	return ({ instancePath, keyword }: Found) => keyword === "const" && instancePath === path;
}

/** The schema reports one error for each allowed value; this merges them into one. */
function choice(found: Found[], { instancePath }: Found): FieldError {
	const values = found.filter(isChoiceAt(instancePath)).map(({ params }) => String(params["allowedValue"]));
	return { path: instancePath.slice(1).replaceAll("/", "."), message: `must be ${values.join(" or ")}` };
}
