import type { FastifyRequest } from "fastify";

/** The package's version and digits of its digest: nothing that could be mistaken for a text. */
const VERSION = /^\d{1,4}\.\d{1,4}\.\d{1,4}\+[0-9a-f]{8}$/;

/** The version that the plugin reports; null if it reports none that could be one. */
export function pluginVersionOf(request: FastifyRequest): string | null {
	const version = request.headers["x-auxvyn-plugin"];
	return typeof version === "string" && VERSION.test(version) ? version : null;
}
