import { subscribe, unsubscribe } from "node:diagnostics_channel";

import type { FastifyInstance, RouteOptions } from "fastify";

export interface Declared {
	url: string;
	method: string;
}

/** What `start` resolves to, and every route that its server declares, HEAD included. */
export async function withRoutes<Started extends { app: FastifyInstance }>(start: () => Promise<Started>) {
	const all: { root: FastifyInstance; route: RouteOptions }[] = [];
	const onServer = (message: unknown): void => {
		const { fastify: root } = message as { fastify: FastifyInstance };
		root.addHook("onRoute", (route) => void all.push({ root, route: { ...route } }));
	};
	subscribe("fastify.initialization", onServer);
	const started = await start();
	unsubscribe("fastify.initialization", onServer);
	const own = all.filter(({ root }) => root.server === started.app.server);
	const routes = own.flatMap(({ route: { url, method } }) =>
		[method].flat().map((each): Declared => ({ url, method: each })),
	);
	return { ...started, routes };
}
