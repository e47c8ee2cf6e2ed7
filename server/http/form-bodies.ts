import formbody from "@fastify/formbody";
import type { FastifyInstance } from "fastify";

/** Makes the scope accept only form bodies, as OAuth endpoints do (RFC 6749 Appendix B). */
export async function acceptFormsOnly(app: FastifyInstance): Promise<void> {
	app.removeAllContentTypeParsers();
	await app.register(formbody);
}
