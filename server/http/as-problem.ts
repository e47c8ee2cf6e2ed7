import type { FastifyError } from "fastify";

import { type FieldError, ProblemError } from "../errors/problem-error.ts";
import { StorageError } from "../errors/storage-error.ts";
import { storageProblem } from "../errors/storage-problem.ts";

type Known = readonly [status: number, code: string, detail: string];

const MALFORMED: Known = [400, "invalid_request", "The request could not be read. Correct it and send it again."];
const FRAMEWORK: Record<string, Known> = {
	FST_ERR_CTP_INVALID_MEDIA_TYPE: [
		415,
		"unsupported_media_type",
		"Send the body as application/json; under /oauth/ as application/x-www-form-urlencoded.",
	],
	FST_ERR_ROUTE_MISSING_CONTENT_TYPE: [
		415,
		"unsupported_media_type",
		"Send the body as application/json; under /oauth/ as application/x-www-form-urlencoded.",
	],
	FST_ERR_CTP_BODY_TOO_LARGE: [413, "body_too_large", "The body is larger than this address takes. Send less."],
	FST_ERR_CTP_INVALID_JSON_BODY: [400, "invalid_request", "The body is not valid JSON. Correct it and send it again."],
	FST_ERR_CTP_EMPTY_JSON_BODY: [400, "invalid_request", "The body is empty. Send JSON, or no Content-Type."],
	FST_ERR_BAD_URL: [400, "invalid_request", "The address holds a malformed percent-encoding. Correct it."],
	FST_ERR_MAX_PARAM_LENGTH: [414, "uri_too_long", "A part of the address is too long. Check it."],
	FST_ERR_NOT_FOUND: [404, "not_found", "There is nothing at this address. Check the address and the method."],
};

/** What a caller may know of `error`, or undefined where it is a fault of ours. Nothing of the request is repeated. */
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
		// Their names come from the request, and names can hold secrets too.
		if (keyword === "additionalProperties") return [{ path, message: "holds a field that is not known here" }];
		if (keyword === "boolean" || keyword === "anyOf") return [];
		if (keyword === "const") return found.find(isChoiceAt(instancePath)) === each ? [choice(found, each)] : [];
		if (keyword !== "required") return [{ path, message: message ?? "is not valid" }];
		const missing = (params as { requiredProperties?: string[] }).requiredProperties ?? [];
		return missing.map((name) => ({ path: path === "" ? name : `${path}.${name}`, message: "is missing" }));
	});
	const where = context === "querystring" ? "query" : (context ?? "request");
	const detail = `The ${where} is not as this address expects it. Correct what \`errors\` lists.`;
	return new ProblemError(400, "invalid_request", detail, { errors });
}

type Found = NonNullable<FastifyError["validation"]>[number];

function isChoiceAt(path: string) {
	return ({ instancePath, keyword }: Found) => keyword === "const" && instancePath === path;
}

/** A schema complains of every value that it would have taken; people want them in one sentence. */
function choice(found: Found[], { instancePath }: Found): FieldError {
	const values = found.filter(isChoiceAt(instancePath)).map(({ params }) => String(params["allowedValue"]));
	return { path: instancePath.slice(1).replaceAll("/", "."), message: `must be ${values.join(" or ")}` };
}
