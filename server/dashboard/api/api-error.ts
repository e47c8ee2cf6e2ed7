/** Every way a request can end badly, by what the person can do about it. */
export type ApiErrorKind =
	"offline" | "session-over" | "forbidden" | "not-found" | "conflict" | "invalid" | "limited" | "server" | "unreadable";

export interface FieldProblem {
	path: string;
	message: string;
}

export interface ApiErrorDetails {
	status?: number | undefined;
	/** The server's own code, as in problem details. */
	code?: string | undefined;
	/** The server's sentence on what to do. */
	detail?: string | undefined;
	fields?: FieldProblem[] | undefined;
	retryAfterSeconds?: number | undefined;
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
	/** Milliseconds since 1970, by this browser's clock. */
	readonly at = Date.now();

	constructor(kind: ApiErrorKind, details: ApiErrorDetails = {}) {
		super(details.detail ?? kind, { cause: details.cause });
		this.kind = kind;
		this.status = details.status;
		this.code = details.code;
		this.detail = details.detail;
		this.fields = details.fields ?? [];
		this.retryAfterSeconds = details.retryAfterSeconds;
	}

	/** What the server says about one field, if it says anything. */
	about(field: string): string | undefined {
		return this.fields.find(({ path }) => path.replace(/^[/.]/, "") === field)?.message;
	}
}

export function asApiError(error: unknown): ApiError {
	return error instanceof ApiError ? error : new ApiError("unreadable", { cause: error });
}
