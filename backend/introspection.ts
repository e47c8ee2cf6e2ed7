import type { ApiKey } from "./api-key.ts";
import { IntrospectionError } from "./introspection-error.ts";
import type { Settings } from "./options.ts";
import { type Answer, formPoster } from "./post-form.ts";

/** The key, or undefined for one that is not active. @throws IntrospectionError */
export type Introspect = (key: string) => Promise<ApiKey | undefined>;

/** Asks the Auxvyn server about keys (RFC 7662). */
export function createIntrospection({ endpoint, authorization, timeoutMs }: Settings): Introspect {
	const post = formPoster(endpoint, authorization);
	const { origin } = endpoint;

	return async (key) => {
		const signal = AbortSignal.timeout(timeoutMs);
		const answer = await post({ token: key }, signal).catch((error: unknown) => {
			throw signal.aborted ? timeoutError(endpoint, timeoutMs) : unreachable(origin, error as NodeJS.ErrnoException);
		});
		return read(answer, origin);
	};
}

export function timeoutError({ origin }: URL, timeoutMs: number): IntrospectionError {
	return new IntrospectionError("timeout", `${origin} did not answer within ${timeoutMs / 1000} s.`);
}

function unreachable(origin: string, { code, message }: NodeJS.ErrnoException): IntrospectionError {
	return new IntrospectionError("unreachable", `${origin} cannot be reached: ${code ?? message}.`);
}

function read({ status, body }: Answer, origin: string): ApiKey | undefined {
	const answer = parse(body);
	if (status === 200 && answer["active"] === false) return undefined;
	if (status === 200 && answer["active"] === true) {
		const key = toApiKey(answer);
		if (key !== undefined) return key;
	}
	if (status === 401 || answer["error"] === "invalid_client")
		throw new IntrospectionError(
			"client_refused",
			`${origin} refuses the client id or secret. Create a backend in the workspace's settings under Backends, and use its id and secret.`,
		);
	if (status === 429 || status === 503)
		throw new IntrospectionError("unavailable", `${origin} answered ${status}: it cannot check keys at the moment.`);
	if (status >= 300 && status < 400)
		throw new IntrospectionError(
			"unexpected_answer",
			`${origin} redirects (${status}). Set server to where it redirects to: following it would pass on keys and the secret.`,
		);
	throw new IntrospectionError(
		"unexpected_answer",
		`${origin} answered ${status}, but not as an Auxvyn server does. Check the address, and what is in front of the server.`,
	);
}

/** An empty object for anything but JSON of an object. */
function parse(body: string): Record<string, unknown> {
	try {
		return objectIn(JSON.parse(body));
	} catch {
		return {};
	}
}

function toApiKey({ sub, workspace, key }: Record<string, unknown>): ApiKey | undefined {
	const { id, label } = objectIn(key);
	const { id: workspaceId, name } = objectIn(workspace);
	if (typeof id !== "string" || typeof label !== "string") return undefined;
	if (typeof sub !== "string" || sub !== workspaceId || typeof name !== "string") return undefined;
	return { id, label, workspace: { id: sub, name } };
}

function objectIn(value: unknown): Record<string, unknown> {
	return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
