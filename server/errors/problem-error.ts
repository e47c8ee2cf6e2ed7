export interface FieldError {
	path: string;
	message: string;
}

/** A `ProblemError` as plain data, to pass between threads. */
export interface ProblemData {
	statusCode: number;
	code: string;
	detail: string;
	errors?: FieldError[];
	headers?: Record<string, string>;
	members?: Record<string, unknown>;
}

/** An error for the client, as in RFC 9457. `detail` says what to do and never repeats the request. */
export class ProblemError extends Error {
	readonly statusCode: number;
	readonly code: string;
	readonly errors: FieldError[] | undefined;
	readonly headers: Record<string, string>;
	/** Further members of the body (RFC 9457 §3.2): plain data. */
	readonly members: Record<string, unknown> | undefined;

	constructor(
		statusCode: number,
		code: string,
		detail: string,
		extra: Pick<ProblemData, "errors" | "headers" | "members"> & { cause?: unknown } = {},
	) {
		super(detail, extra.cause === undefined ? {} : { cause: extra.cause });
		this.name = "ProblemError";
		this.statusCode = statusCode;
		this.code = code;
		this.errors = extra.errors;
		this.headers = extra.headers ?? {};
		this.members = extra.members;
	}

	static from({ statusCode, code, detail, ...extra }: ProblemData): ProblemError {
		return new ProblemError(statusCode, code, detail, extra);
	}

	toData(): ProblemData {
		const { statusCode, code, message: detail, errors, headers, members } = this;
		return { statusCode, code, detail, headers, ...(errors && { errors }), ...(members && { members }) };
	}
}

/** 400 for one invalid field. */
export function invalidField(path: string, message: string): ProblemError {
	return new ProblemError(400, "invalid_request", `Correct the field ${path}: ${message}`, {
		errors: [{ path, message }],
	});
}

/** 429. `seconds`: how long to wait before a retry. */
export function tooManyRequests(seconds: number, detail: string): ProblemError {
	return new ProblemError(429, "too_many_requests", detail, { headers: { "Retry-After": String(Math.ceil(seconds)) } });
}
