import type { FastifyReply, FastifyRequest } from "fastify";
import fp from "fastify-plugin";

import type { Clock } from "../clock.ts";
import { problemBody } from "../errors/problem-body.ts";
import { ProblemError } from "../errors/problem-error.ts";
import { asProblem } from "./as-problem.ts";
import { forwardAuthProblem, isForwardAuth } from "./forward-auth-error.ts";
import { createIncidents, type Incident } from "./incidents.ts";
import { markReported } from "./logging.ts";
import { oauthResponse } from "./oauth-error.ts";
import type { Peers } from "./peers.ts";
import { watchMethods } from "./supported-methods.ts";
import { redactKeys } from "./text.ts";

/** Turns every error into a response. */
export const errors = fp<{ clock: Clock; peers: Peers }>(
	async (app, { clock, peers }) => {
		const incidents = createIncidents({ log: app.log, clock, peers });
		app.decorate("incidents", incidents);
		app.addHook("onClose", async () => incidents.close());
		app.setErrorHandler(sendError);
		const methodsOf = watchMethods(app);
		// Registered later.
		const pace = (request: FastifyRequest, reply: FastifyReply, done: () => void): void =>
			app.pace(request, reply, done);
		// A scope of its own: its hooks run only for requests that no route takes.
		await app.register(async (unrouted) => {
			// Before the body is looked at, which may be of a type that no route takes.
			unrouted.addHook("onRequest", (request, reply, done) => {
				setHeaders(reply, app.securityHeaders);
				const methods = methodsOf(request.url);
				if (methods === undefined || (methods.includes(request.method) && request.method !== "OPTIONS")) done();
				else if (request.method !== "OPTIONS") pace(request, reply, () => done(wrongMethod(methods)));
				else {
					markReported(request);
					pace(request, reply, () => void reply.code(204).header("Allow", methods.join(", ")).send());
				}
			});
			unrouted.setNotFoundHandler({ preValidation: pace }, (request, reply) => {
				// Routes come here too, by `callNotFound`.
				setHeaders(reply, app.securityHeaders);
				if (isForPage(request) && app.hasDecorator("sendNotFoundPage")) return app.sendNotFoundPage(request, reply);
				return sendError(notFound(), request, reply);
			});
		});
	},
	{ name: "errors", dependencies: ["security"] },
);

/** Fastify also calls this for URLs that it cannot route. */
export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
	const problem = asProblem(error);
	const oauth = isOAuth(request) ? oauthResponse(problem) : undefined;
	const { status, headers, body } =
		oauth ?? problemResponse(isForwardAuth(request.url) ? forwardAuthProblem(problem) : problem);
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

function setHeaders(reply: FastifyReply, headers: Record<string, string>): void {
	for (const [name, value] of Object.entries(headers)) reply.header(name, value);
}

function notFound(): ProblemError {
	return new ProblemError(404, "not_found", "Nothing was found at this URL. Check it.");
}

function wrongMethod(methods: readonly string[]): ProblemError {
	const allowed = methods.join(", ");
	const detail = `This URL does not support that method. Use one of: ${allowed}.`;
	return new ProblemError(405, "method_not_allowed", detail, { headers: { Allow: allowed } });
}

function problemResponse(problem: ProblemError | undefined) {
	const known =
		problem ?? new ProblemError(500, "internal_error", "Something went wrong on the server. Try again later.");
	return { status: known.statusCode, headers: known.headers, body: problemBody(known) };
}

/** A refusal is one line; bugs and storage failures include their cause. */
function log(error: unknown, problem: ProblemError | undefined, status: number, request: FastifyRequest): void {
	markReported(request);
	request.server.incidents.report(request, incidentOf(error, problem, status, request));
}

function incidentOf(
	error: unknown,
	problem: ProblemError | undefined,
	status: number,
	{ routeOptions }: FastifyRequest,
): Incident {
	if (problem === undefined) {
		// Bugs in two routes are two bugs.
		const route = routeOptions.url ?? "none";
		return { level: "error", message: "request failed", code: "internal_error", route, status, error };
	}
	const { code, statusCode } = problem;
	if (statusCode < 500) return { level: "info", message: "request refused", code, status };
	return { level: "warn", message: "request could not be served", code, status, error: problem };
}

function isOAuth(request: FastifyRequest): boolean {
	return (request.routeOptions.url ?? request.url).startsWith("/oauth/");
}
