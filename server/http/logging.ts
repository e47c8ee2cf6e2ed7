import type { IncomingMessage } from "node:http";

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

/** Logs contain route patterns, never URLs or headers, which can contain codes and cookies. */
export function loggerOptions(config: Config, stream: LogStream = process.stdout) {
	return {
		level: config.logLevel,
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

/** Requests whose refusal or failure has been logged. */
const reported = new WeakSet<FastifyRequest>();

export function markReported(request: FastifyRequest): void {
	reported.add(request);
}

/** Fastify's request logging, without lines that are redundant or repeat the URL. */
export class QuietLog extends LogController {
	override incomingRequest(): void {}

	override requestCompleted(error: Error | null | undefined, request: FastifyRequest, reply: FastifyReply): void {
		if (error) request.log.warn({ req: request, err: error }, "response not delivered");
		else if (!reported.has(request) && !isGameRequest(request.raw)) {
			const milliseconds = Math.round(reply.elapsedTime);
			// Reads are of interest only when looking for a fault.
			const level = request.method === "GET" || request.method === "HEAD" ? "debug" : "info";
			request.log[level]({ req: request, status: reply.statusCode, milliseconds }, "request served");
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
	return isGameRequest(request) ? logger : logger.child(bindings, options);
}

function isGameRequest(request: IncomingMessage): boolean {
	return request.url?.startsWith("/v1/") === true;
}
