import type { IncomingMessage } from "node:http";
import { hostname } from "node:os";

import {
	type FastifyBaseLogger,
	type FastifyReply,
	type FastifyRequest,
	type FastifyServerOptions,
	LogController,
} from "fastify";

import type { Config } from "../config.ts";
import { clientAddress } from "./address.ts";
import { redactKeys } from "./text.ts";

export interface LogStream {
	write(line: string): void;
}

export interface LogOptions {
	/** Default: standard output. */
	stream?: LogStream | undefined;
	/** The number of this process among several. */
	worker?: number | undefined;
}

/** Logs contain route patterns, never URLs or headers, which can contain codes and cookies. */
export function loggerOptions(config: Config, { stream = process.stdout, worker }: LogOptions = {}) {
	return {
		level: config.logLevel,
		// Pino's own, and the number.
		...(worker !== undefined && { base: { pid: process.pid, hostname: hostname(), worker } }),
		stream: { write: (line: string) => stream.write(redactKeys(line)) },
		serializers: {
			req: (request: FastifyRequest) => ({
				method: request.method,
				route: request.routeOptions.url ?? "none",
				address: clientAddress(request),
			}),
			res: (reply: { statusCode: number }) => ({ status: reply.statusCode }),
		},
	} satisfies FastifyServerOptions["logger"];
}

const NOT_DELIVERED = { level: "warn", message: "response not delivered", code: "not_delivered" } as const;

const reported = new WeakSet<FastifyRequest>();

/** Nothing more is logged about `request`. */
export function markReported(request: FastifyRequest): void {
	reported.add(request);
}

/** Fastify's request logging, without lines that are redundant or repeat the URL. */
export class QuietLog extends LogController {
	override incomingRequest(): void {}

	override requestCompleted(error: Error | null | undefined, request: FastifyRequest, reply: FastifyReply): void {
		if (error) request.server.incidents.report(request, { ...NOT_DELIVERED, error });
		else if (!reported.has(request) && !isAuthentication(request.raw)) {
			const milliseconds = Math.round(reply.elapsedTime);
			// Reads are of interest only when looking for a fault.
			const isRead = request.method === "GET" || request.method === "HEAD";
			const status = reply.statusCode;
			if (isRead) request.log.debug({ req: request, status, milliseconds }, "request served");
			else request.server.incidents.served(request, { status, milliseconds });
		}
	}

	override routeNotFound(): void {}
}

/** A logger for each request would cost games more than their authentication does. */
export function requestLogger(
	logger: FastifyBaseLogger,
	bindings: Record<string, unknown>,
	options: object,
	request: IncomingMessage,
): FastifyBaseLogger {
	return isAuthentication(request) ? logger : logger.child(bindings, options);
}

/** A request by which a game, a proxy or a backend has a key authenticated: thousands a second, not logged if accepted. */
function isAuthentication({ url }: IncomingMessage): boolean {
	return url?.startsWith("/v1/") === true || url?.startsWith("/oauth/introspect") === true;
}
