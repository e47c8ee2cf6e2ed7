import type { Socket } from "node:net";

import type { FastifyServerOptions } from "fastify";

import type { Config } from "../config.ts";
import { ProblemError } from "../errors/problem-error.ts";
import { sendError } from "./error-handler.ts";
import { loggerOptions, type LogStream, QuietLog, requestLogger } from "./logging.ts";

const REQUEST_TIMEOUT_MS = 30_000;
const HEADERS_TIMEOUT_MS = 10_000;
const TIMEOUT_CHECK_INTERVAL_MS = 2_000;
const BODY_LIMIT_BYTES = 16 * 1024;

/** Options that only `Fastify()` itself takes. Logs go to `stream`, stdout by default. */
export function fastifyOptions(config: Config, stream?: LogStream) {
	return {
		logger: loggerOptions(config, stream),
		logController: new QuietLog(),
		childLoggerFactory: requestLogger,
		trustProxy: config.trustedProxies.length > 0 && config.trustedProxies,
		bodyLimit: BODY_LIMIT_BYTES,
		requestTimeout: REQUEST_TIMEOUT_MS,
		http: { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: TIMEOUT_CHECK_INTERVAL_MS },
		// While closing, requests on open connections are still served; idle connections are closed.
		forceCloseConnections: "idle",
		return503OnClosing: false,
		frameworkErrors: (error, request, reply) => void sendError(error, request, reply),
		clientErrorHandler: rejectUnreadable,
	} satisfies FastifyServerOptions & { http: object };
}

const UNREADABLE: Record<string, readonly [status: number, detail: string]> = {
	ERR_HTTP_REQUEST_TIMEOUT: [408, "The request took too long to arrive. Send it again."],
	HPE_HEADER_OVERFLOW: [431, "The URL and headers are too long. Shorten them."],
};

/** For what Node cannot parse as HTTP: there is no request and no route, only a socket. */
function rejectUnreadable(error: Error & { code?: string }, socket: Socket): void {
	if (error.code === "ECONNRESET" || socket.destroyed) return;
	const [status, detail] = UNREADABLE[error.code ?? ""] ?? [
		400,
		"The request is not valid HTTP. Correct it and send it again.",
	];
	const problem = new ProblemError(status, "invalid_request", detail).body();
	const body = JSON.stringify(problem);
	if (!socket.writable) return void socket.destroy();
	socket.end(
		`HTTP/1.1 ${status} ${problem.title}\r\nContent-Type: application/problem+json\r\n` +
			`Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
	);
}
