import { ApiError, type ApiErrorKind, type FieldProblem } from "./api-error.ts";

const KINDS: Record<number, ApiErrorKind> = {
	400: "invalid",
	401: "session-ended",
	403: "forbidden",
	404: "not-found",
	409: "conflict",
	410: "conflict",
	413: "invalid",
	415: "invalid",
	422: "invalid",
	429: "limited",
};

/** Turns a non-2xx response into an ApiError, using whatever RFC 9457 fields it has. */
export async function readFailure(response: Response): Promise<ApiError> {
	const body = await readObject(response);
	const kind = KINDS[response.status] ?? (response.status >= 500 ? "server" : "invalid");
	return new ApiError(kind, {
		status: response.status,
		code: string(body["code"]),
		detail: string(body["detail"]),
		fields: fields(body["errors"]),
		retryAfterSeconds: retryAfter(response.headers),
		body,
	});
}

async function readObject(response: Response): Promise<Record<string, unknown>> {
	try {
		const body: unknown = await response.json();
		return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
	} catch {
		return {};
	}
}

function string(value: unknown): string | undefined {
	return typeof value === "string" && value !== "" ? value : undefined;
}

function fields(value: unknown): FieldProblem[] {
	if (!Array.isArray(value)) return [];
	return value.flatMap((item: Partial<FieldProblem> | null) => {
		const path = string(item?.path);
		const message = string(item?.message);
		return path !== undefined && message !== undefined ? [{ path, message }] : [];
	});
}

/** Only delay-seconds (RFC 9110 §10.2.3): the server sends no dates. */
function retryAfter(headers: Headers): number | undefined {
	const seconds = Number(headers.get("retry-after") ?? NaN);
	return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}
