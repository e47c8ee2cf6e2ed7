import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import fp from "fastify-plugin";

import { ProblemError } from "../errors/problem-error.ts";
import { asProblem } from "./as-problem.ts";
import { markReported } from "./logging.ts";
import { oauthAnswer } from "./oauth-error.ts";
import { redactKeys } from "./text.ts";

/** Where every refusal and every fault becomes an answer. */
export const errors = fp(
	async (app: FastifyInstance) => {
		app.setErrorHandler(answerError);
		app.setNotFoundHandler((request, reply) => {
			for (const [name, value] of Object.entries(app.securityHeaders)) reply.header(name, value);
			if (isForPage(request) && app.hasDecorator("sendNotFoundPage")) return app.sendNotFoundPage(request, reply);
			return answerError(notFound(app, request), request, reply);
		});
	},
	{ name: "errors", dependencies: ["security"] },
);

/** Also what Fastify calls for addresses that it cannot even route. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
	const problem = asProblem(error);
	const oauth = isOAuth(request) ? oauthAnswer(problem) : undefined;
	const { status, headers, body } = oauth ?? problemAnswer(problem);
	log(error, problem, status, request);
	return reply
		.code(status)
		.headers({ ...headers, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" })
		.type(oauth ? "application/json" : "application/problem+json")
		.send(redactKeys(JSON.stringify(body)));
}

const NO_PAGES = /^\/(api|v1|oauth|assets|plugin|\.well-known)([/?]|$)/;

/** Whether a person's browser asks, at an address where a page might have been. */
function isForPage({ method, url, headers }: FastifyRequest): boolean {
	return method === "GET" && headers.accept?.includes("text/html") === true && !NO_PAGES.test(url);
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

function notFound(app: FastifyInstance, request: FastifyRequest): ProblemError {
	const [url = "/"] = request.url.split("?");
	const takes = METHODS.filter((method) => (app.findRoute({ method, url }) as object | null) !== null);
	// A route that takes the method and found nothing has sent the request here itself.
	if (takes.length === 0 || takes.includes(request.method)) {
		return new ProblemError(404, "not_found", "There is nothing at this address. Check it.");
	}
	const allowed = takes.join(", ");
	const detail = `This address does not take that method. Use one of: ${allowed}.`;
	return new ProblemError(405, "method_not_allowed", detail, { headers: { Allow: allowed } });
}

function problemAnswer(problem: ProblemError | undefined) {
	const known = problem ?? new ProblemError(500, "internal_error", "Something went wrong here. Try again later.");
	return { status: known.statusCode, headers: known.headers, body: known.body() };
}

/** Refusals in a line; faults, and what storage could not do, with their cause. */
function log(error: unknown, problem: ProblemError | undefined, status: number, request: FastifyRequest): void {
	markReported(request);
	if (problem === undefined) request.log.error({ req: request, err: error }, "request failed");
	else if (problem.statusCode >= 500) request.log.warn({ req: request, err: problem }, "request could not be served");
	else request.log.info({ req: request, status, code: problem.code }, "request refused");
}

function isOAuth(request: FastifyRequest): boolean {
	return (request.routeOptions.url ?? request.url).startsWith("/oauth/");
}
