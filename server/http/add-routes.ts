import type {
	FastifyPluginAsyncTypebox,
	FastifyPluginCallbackTypebox,
	TypeBoxTypeProvider,
} from "@fastify/type-provider-typebox";
import type { FastifyInstance, FastifyPluginOptions } from "fastify";

type Routes<Options extends FastifyPluginOptions> =
	| FastifyPluginAsyncTypebox<Options>
	| FastifyPluginCallbackTypebox<Options>;

/**
 * Adds routes that have neither hooks nor parsers of their own. `register` would give each such plugin a scope, and
 * these take a seventh of what building the server does.
 */
export async function addRoutes<Options extends FastifyPluginOptions>(
	app: FastifyInstance,
	routes: Routes<Options>,
	options: Options,
): Promise<void> {
	await routes(app.withTypeProvider<TypeBoxTypeProvider>(), options, () => undefined);
}
