import fp from "fastify-plugin";

import { isForwardAuth } from "./forward-auth-error.ts";

/** What Node would decide about the header `Expect`, before any route: 417 to all but 100-continue. */
export const expectations = fp(
	async (app) => {
		// RFC 9110 §10.1.1 allows a server to ignore what it does not know.
		app.server.on("checkExpectation", (request, response) => app.routing(request, response));
		app.server.on("checkContinue", (request, response) => {
			// Forward-auth reads no body, so it asks for none.
			if (!isForwardAuth(request.url ?? "")) response.writeContinue();
			app.routing(request, response);
		});
	},
	{ name: "expectations" },
);
