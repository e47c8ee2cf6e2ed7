import type { TSchema } from "typebox";

import { ApiError, asApiError } from "./api-error.ts";
import { check, type Checked, MismatchError } from "./check.ts";
import { readFailure } from "./read-failure.ts";

const TIMEOUT_MS = 20_000;

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface RequestOptions {
	body?: object;
	query?: Record<string, string | number | undefined>;
	signal?: AbortSignal | undefined;
	/** The server acts once on requests with the same one. */
	idempotencyKey?: string;
	/** For sign-in, where 401 means a wrong password rather than an ended session. */
	anonymous?: boolean;
	/** What to do if a change may or may not have been made; null: nothing changes. By default, to try again. */
	ifUnknown?: string | null;
}

const TRY_AGAIN = "It may have been done anyway. Trying again is safe.";

const sessionEndListeners = new Set<() => void>();

/** Calls back when a response or event says that the session has ended. Returns the unsubscribe function. */
export function onSessionEnd(listener: () => void): () => void {
	sessionEndListeners.add(listener);
	return () => sessionEndListeners.delete(listener);
}

/** For callers that learn it from something other than a response. */
export function notifySessionEnd(): void {
	for (const listener of sessionEndListeners) listener();
}

/**
 * Sends a request to the server and resolves to the response, checked against the server's schema.
 * @throws ApiError for every failure; an aborted `signal` rejects with its own reason
 */
export async function request<Schema extends TSchema>(
	method: Method,
	path: string,
	schema: Schema,
	options?: RequestOptions,
): Promise<Checked<Schema>> {
	return await tracked(method, options, async () => read(await send(method, path, options), schema));
}

/**
 * Like `request`, for a response without content. Anything but 204 must at least be JSON: a proxy's sign-in page does not
 * mean that a key was revoked.
 */
export async function perform(method: Method, path: string, options?: RequestOptions): Promise<void> {
	await tracked(method, options, async () => {
		const response = await send(method, path, options);
		if (response.status === 204) return;
		try {
			await response.json();
		} catch (cause) {
			throw unreadable(response, cause);
		}
	});
}

/** The server's time in ms, as far as known from its responses. */
export const serverTime = () => Date.now() + serverAheadMs;
let serverAheadMs = 0;

/** Notes what a failed change may have done. */
async function tracked<T>(method: Method, options: RequestOptions | undefined, act: () => Promise<T>): Promise<T> {
	try {
		return await act();
	} catch (failure) {
		const ifUnknown = options?.ifUnknown === undefined ? TRY_AGAIN : options.ifUnknown;
		if (method === "GET" || ifUnknown === null || options?.signal?.aborted) throw failure;
		const error = asApiError(failure);
		error.outcome = isRefusal(error) ? "none" : "unknown";
		error.advice = ifUnknown;
		throw error;
	}
}

/** Whether the server has said that it did nothing. */
function isRefusal({ kind, status, code }: ApiError): boolean {
	if (kind === "offline" || kind === "unreadable") return false;
	// A proxy's response has no code, and may come after the server has begun.
	return kind !== "server" || (status === 503 && code !== undefined && code !== "outcome_unknown");
}

/** Checks that a file can be fetched, without downloading it. @throws ApiError saying why not */
export async function probe(path: string): Promise<Headers> {
	const { ok, headers } = await reach("HEAD", path, undefined, undefined);
	if (ok) return headers;
	// Only a response with a body says why.
	const response = await reach("GET", path, undefined, undefined);
	if (!response.ok) throw await readFailure(response);
	await response.body?.cancel();
	return response.headers;
}

async function send(method: Method, path: string, options: RequestOptions = {}) {
	const { body, query, signal, anonymous, idempotencyKey } = options;
	const response = await reach(method, path + search(query), body, signal, idempotencyKey);
	if (response.ok) return response;
	const failure = await readFailure(response);
	if (failure.kind === "session-ended" && !anonymous) notifySessionEnd();
	throw failure;
}

async function reach(
	method: string,
	url: string,
	body: object | undefined,
	signal: AbortSignal | undefined,
	idempotencyKey?: string,
) {
	const timeout = AbortSignal.timeout(TIMEOUT_MS);
	try {
		const response = await fetch(url, {
			method,
			credentials: "same-origin",
			headers: {
				Accept: "application/json",
				...(body && { "Content-Type": "application/json" }),
				...(idempotencyKey && { "Idempotency-Key": idempotencyKey }),
			},
			signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
			...(body && { body: JSON.stringify(body) }),
		});
		const time = Date.parse(response.headers.get("date") ?? "");
		if (time > 0) serverAheadMs = time - Date.now();
		return response;
	} catch (cause) {
		if (signal?.aborted) throw cause;
		const isOffline = "onLine" in navigator && !navigator.onLine;
		throw new ApiError("offline", { cause, code: isOffline ? "browser_offline" : undefined });
	}
}

async function read<Schema extends TSchema>(response: Response, schema: Schema): Promise<Checked<Schema>> {
	try {
		return check(schema, await response.json());
	} catch (error) {
		throw unreadable(response, error);
	}
}

function unreadable({ status }: Response, cause: unknown): ApiError {
	if (cause instanceof MismatchError) return new ApiError("unreadable", { status, detail: cause.message });
	// Anything but wrong JSON means that the connection was lost on the way.
	return new ApiError(cause instanceof SyntaxError ? "unreadable" : "offline", { status });
}

function search(query: RequestOptions["query"] = {}): string {
	const entries = Object.entries(query).filter((entry): entry is [string, string | number] => entry[1] !== undefined);
	const text = new URLSearchParams(entries.map(([name, value]): [string, string] => [name, String(value)])).toString();
	return text === "" ? "" : `?${text}`;
}
