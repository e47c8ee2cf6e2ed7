import type { ApiKey } from "./api-key.ts";
import { createAuthenticator } from "./authenticator.ts";
import type { BackendOptions } from "./options.ts";
import type { Refusal } from "./refusal.ts";

/** What is used of Fastify's request and reply, whatever server, schemas and logger they are for. */
interface FastifyRequest {
	readonly raw: { readonly rawHeaders: readonly string[] };
}

interface FastifyReply {
	code(status: number): FastifyReply;
	headers(values: Record<string, string>): FastifyReply;
	send(body: string): unknown;
}

/** The same of Node's, which other frameworks extend. */
interface NodeRequest {
	readonly rawHeaders: readonly string[];
}

interface NodeResponse {
	statusCode: number;
	setHeader(name: string, value: string): unknown;
	end(body: string): unknown;
}

/** For `addHook("onRequest", …)` of Fastify, or `app.use(…)` of Express and others like it. */
export type RequireApiKey = (request: object, response: object, next: (error?: Error) => void) => void;

/**
 * Lets in requests with a key of the workspace, and sets `request.apiKey`.
 * @throws TypeError for options that cannot be used
 */
export function requireApiKey(options: BackendOptions): RequireApiKey {
	const authenticate = createAuthenticator(options);
	return (request, response, next) => {
		const { rawHeaders } = "raw" in request ? (request as FastifyRequest).raw : (request as NodeRequest);
		authenticate(rawHeaders)
			.then((verdict) => {
				if (!verdict.accepted) {
					refuse(response, verdict.refusal);
					return;
				}
				(request as { apiKey: ApiKey }).apiKey = verdict.apiKey;
				next();
			})
			.catch(next);
	};
}

function refuse(response: object, { status, headers, body }: Refusal): void {
	if ("send" in response && "code" in response) {
		(response as FastifyReply).code(status).headers(headers).send(body);
		return;
	}
	const plain = response as NodeResponse;
	plain.statusCode = status;
	for (const [name, value] of Object.entries(headers)) plain.setHeader(name, value);
	plain.end(body);
}
