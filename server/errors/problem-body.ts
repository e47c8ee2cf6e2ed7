import { STATUS_CODES } from "node:http";

import type { Problem } from "../../shared/wire.ts";
import type { ProblemError } from "./problem-error.ts";

/** Not in `problem-error.ts`, which the threads of the database load: `node:http` would cost each of them 25 ms. */
export function problemBody(problem: ProblemError): Problem {
	const { statusCode: status, code, message: detail, errors, members } = problem;
	const title = STATUS_CODES[status] ?? "Error";
	return { type: `urn:auxvyn:problem:${code}`, title, status, code, detail, ...(errors && { errors }), ...members };
}
