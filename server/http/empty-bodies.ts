import type { FastifyRequest, RouteOptions } from "fastify";
import fp from "fastify-plugin";

const BODYLESS = new Set(["GET", "HEAD"]);

/**
 * Lets a request without a body have a Content-Type, as many clients send it with every request. A route that needs a
 * body refuses its absence by its schema. Routes for games read no body and do not pay for this.
 */
export const emptyBodies = fp(
	async (app) => {
		app.addHook("onRoute", (route: RouteOptions) => {
			if (route.url.startsWith("/v1/") || [route.method].flat().every((method) => BODYLESS.has(method))) return;
			route.onRequest = [...[route.onRequest ?? []].flat(), ignoreTypeOfNothing];
		});
		const parse = app.getDefaultJsonParser("error", "error");
		app.addContentTypeParser<string>("application/json", { parseAs: "string" }, (request, body, done) => {
			// Chunked, only the end shows that there is nothing.
			if (body === "") done(null, undefined);
			else void parse(request, body, done);
		});
	},
	{ name: "empty-bodies" },
);

function ignoreTypeOfNothing({ headers }: FastifyRequest, _reply: unknown, done: () => void): void {
	const length = headers["content-length"];
	if ((length === undefined || length === "0") && headers["transfer-encoding"] === undefined) {
		delete headers["content-type"];
	}
	done();
}
