import type { ApiKey } from "./api-key.ts";
import { createAuthenticator } from "./authenticator.ts";
import type { BackendOptions } from "./options.ts";

export type { ApiKey, BackendOptions };

declare global {
	// oxlint-disable-next-line typescript/no-namespace -- how Express has its request extended
	namespace Express {
		interface Request {
			/** Set by the middleware of `requireApiKey`, for the routes behind it. */
			apiKey: ApiKey;
		}
	}
}

/** What the middleware uses of Node's request and response, so that it also fits other servers than Express. */
interface Request {
	readonly rawHeaders: readonly string[];
	apiKey: ApiKey;
}

interface Response {
	statusCode: number;
	setHeader(name: string, value: string): unknown;
	end(body: string): unknown;
}

/**
 * For `app.use(…)`: lets in requests with a key of the workspace, and sets `request.apiKey`.
 * @throws TypeError for options that cannot be used
 */
export function requireApiKey(
	options: BackendOptions,
): (request: Request, response: Response, next: (error?: unknown) => void) => void {
	const authenticate = createAuthenticator(options);
	return (request, response, next) => {
		authenticate(request.rawHeaders)
			.then((verdict) => {
				if (verdict.accepted) {
					request.apiKey = verdict.apiKey;
					next();
					return;
				}
				const { status, headers, body } = verdict.refusal;
				response.statusCode = status;
				for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
				response.end(body);
			})
			.catch(next);
	};
}
