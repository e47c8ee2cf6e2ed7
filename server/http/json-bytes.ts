import type { FastifyReply } from "fastify";

/** Sends what `storage.scanJson` returned. */
export function sendJson(reply: FastifyReply, json: Uint8Array): FastifyReply {
	return reply.type("application/json; charset=utf-8").send(json);
}
