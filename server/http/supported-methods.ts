import type { FastifyInstance } from "fastify";
import findMyWay from "find-my-way";

/** Answered for every URL (RFC 9110 §9.3.7), without being a route. */
const ALWAYS = "OPTIONS";

/**
 * The methods that a URL supports, by the routes declared afterwards; undefined for a URL without any. It has a router of
 * its own, which is only asked about requests that no route takes.
 */
export function watchMethods(app: FastifyInstance): (url: string) => readonly string[] | undefined {
	const urls = findMyWay({ maxParamLength: Number.MAX_SAFE_INTEGER });
	const known = new Map<string, string[]>();
	app.addHook("onRoute", ({ url, method }) => {
		const methods = known.get(url) ?? [];
		methods.push(...[method].flat());
		if (known.has(url)) return;
		known.set(url, methods);
		urls.on("GET", url, () => {}, methods);
	});
	return (url) => {
		const methods = urls.find("GET", url)?.store as string[] | undefined;
		return methods && [...new Set([...methods, ALWAYS])];
	};
}
