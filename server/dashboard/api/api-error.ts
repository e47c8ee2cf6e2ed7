/** How a request can fail, by what the user can do about it. */
export type ApiErrorKind =
	| "offline"
	| "session-ended"
	| "forbidden"
	| "not-found"
	| "conflict"
	| "invalid"
	| "limited"
	| "server"
	| "unreadable";

/** What a failed change has done: nothing, perhaps all of it, or all of it without the answer. */
export type Outcome = "none" | "unknown" | "made";

export interface FieldProblem {
	path: string;
	message: string;
}

export interface ApiErrorDetails {
	status?: number | undefined;
	/** The `code` of the problem details. */
	code?: string | undefined;
	/** The `detail` of the problem details: what to do. */
	detail?: string | undefined;
	fields?: FieldProblem[] | undefined;
	retryAfterSeconds?: number | undefined;
	/** The whole body of the problem details, unchecked. */
	body?: Record<string, unknown> | undefined;
	cause?: unknown;
}

export class ApiError extends Error {
	override readonly name = "ApiError";
	readonly kind: ApiErrorKind;
	readonly status: number | undefined;
	readonly code: string | undefined;
	readonly detail: string | undefined;
	readonly fields: FieldProblem[];
	readonly retryAfterSeconds: number | undefined;
	/** Only of changes. */
	outcome: Outcome | undefined;
	/** What to do about an outcome other than none. */
	advice = "";
	readonly body: Record<string, unknown>;
	/** Unix time in ms, by this browser's clock. */
	readonly at = Date.now();

	constructor(kind: ApiErrorKind, details: ApiErrorDetails = {}) {
		super(details.detail ?? kind, { cause: details.cause });
		this.kind = kind;
		this.status = details.status;
		this.code = details.code;
		this.detail = details.detail;
		this.fields = details.fields ?? [];
		this.retryAfterSeconds = details.retryAfterSeconds;
		this.body = details.body ?? {};
	}

	/** The server's message about one field, if any. */
	about(field: string): string | undefined {
		return this.fields.find(({ path }) => path.replace(/^[/.]/, "") === field)?.message;
	}
}

export function asApiError(error: unknown): ApiError {
	return error instanceof ApiError ? error : new ApiError("unreadable", { cause: error });
}
