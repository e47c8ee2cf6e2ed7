import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import fp from "fastify-plugin";

import { ProblemError } from "../errors/problem-error.ts";
import { asProblem } from "./as-problem.ts";
import { markReported } from "./logging.ts";
import { oauthResponse } from "./oauth-error.ts";
import { redactKeys } from "./text.ts";

/** Turns every error into a response. */
export const errors = fp(
	async (app: FastifyInstance) => {
		app.setErrorHandler(sendError);
		app.setNotFoundHandler((request, reply) => {
			for (const [name, value] of Object.entries(app.securityHeaders)) reply.header(name, value);
			if (isForPage(request) && app.hasDecorator("sendNotFoundPage")) return app.sendNotFoundPage(request, reply);
			return sendError(notFound(app, request), request, reply);
		});
	},
	{ name: "errors", dependencies: ["security"] },
);

/** Fastify also calls this for URLs that it cannot route. */
export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
	const problem = asProblem(error);
	const oauth = isOAuth(request) ? oauthResponse(problem) : undefined;
	const { status, headers, body } = oauth ?? problemResponse(problem);
	log(error, problem, status, request);
	return reply
		.code(status)
		.headers({ ...headers, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" })
		.type(oauth ? "application/json" : "application/problem+json")
		.send(redactKeys(JSON.stringify(body)));
}

const NO_PAGES = /^\/(api|v1|oauth|assets|plugin|\.well-known)([/?]|$)/;

/** A browser's request for a URL where a page might be. */
function isForPage({ method, url, headers }: FastifyRequest): boolean {
	return method === "GET" && headers.accept?.includes("text/html") === true && !NO_PAGES.test(url);
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

function notFound(app: FastifyInstance, request: FastifyRequest): ProblemError {
	const [url = "/"] = request.url.split("?");
	const supported = METHODS.filter((method) => (app.findRoute({ method, url }) as object | null) !== null);
	// If a route supports the method, its handler called `callNotFound`.
	if (supported.length === 0 || supported.includes(request.method)) {
		return new ProblemError(404, "not_found", "Nothing was found at this URL. Check it.");
	}
	const allowed = supported.join(", ");
	const detail = `This URL does not support that method. Use one of: ${allowed}.`;
	return new ProblemError(405, "method_not_allowed", detail, { headers: { Allow: allowed } });
}

function problemResponse(problem: ProblemError | undefined) {
	const known =
		problem ?? new ProblemError(500, "internal_error", "Something went wrong on the server. Try again later.");
	return { status: known.statusCode, headers: known.headers, body: known.body() };
}

/** A refusal is one line; bugs and storage failures include their cause. */
function log(error: unknown, problem: ProblemError | undefined, status: number, request: FastifyRequest): void {
	markReported(request);
	if (problem === undefined) request.log.error({ req: request, err: error }, "request failed");
	else if (problem.statusCode >= 500) request.log.warn({ req: request, err: problem }, "request could not be served");
	else request.log.info({ req: request, status, code: problem.code }, "request refused");
}

function isOAuth(request: FastifyRequest): boolean {
	return (request.routeOptions.url ?? request.url).startsWith("/oauth/");
}
