import formbody from "@fastify/formbody";
import type { FastifyInstance } from "fastify";

/** OAuth's endpoints take forms and nothing else (RFC 6749 Appendix B). For the scope it is called in. */
export async function takeFormsOnly(app: FastifyInstance): Promise<void> {
	app.removeAllContentTypeParsers();
	await app.register(formbody);
}
