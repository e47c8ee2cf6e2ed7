import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";

import { problemBody } from "../errors/problem-body.ts";
import { ProblemError } from "../errors/problem-error.ts";
import { forwardAuthProblem, isForwardAuth } from "./forward-auth-error.ts";

/** With the response that is due next on this connection, as Node keeps it. */
type HttpSocket = Socket & { _httpMessage?: ServerResponse | null };
/** `rawPacket`: what was read last, which begins with the request line unless the request came in several parts. */
type ParseError = Error & { code?: string; rawPacket?: unknown };

const UNREADABLE: Record<string, readonly [status: number, detail: string]> = {
	ERR_HTTP_REQUEST_TIMEOUT: [408, "The request took too long to arrive. Send it again."],
	HPE_HEADER_OVERFLOW: [431, "The URL and headers are too long. Shorten them."],
};
const REQUEST_LINE = /^\s*[^ ]+ ([^ ]{1,500})/;
const REQUEST_LINE_BYTES = 600;

/** For what Node cannot parse as HTTP: there is no route, only a socket. */
export function rejectUnreadable(error: ParseError, socket: HttpSocket): void {
	if (error.code === "ECONNRESET" || socket.destroyed) return;
	const due = socket._httpMessage;
	if (due && !needsBody(due)) closeAfter(due, socket);
	else if (!socket.writable) socket.destroy();
	else socket.end(refusalOf(error));
}

/** Whether the response waits for a body, which now cannot be read to its end. */
function needsBody({ req }: ServerResponse): boolean {
	return !req.complete && !isForwardAuth(req.url ?? "");
}

/** An earlier request was readable, and gets its response. */
function closeAfter(due: ServerResponse, socket: Socket): void {
	if (!due.headersSent) due.shouldKeepAlive = false;
	else if (due.writableEnded) socket.destroySoon();
	else socket.destroy();
}

function refusalOf(error: ParseError): string {
	const [status, detail] = UNREADABLE[error.code ?? ""] ?? [
		400,
		"The request is not valid HTTP. Correct it and send it again.",
	];
	const problem = new ProblemError(status, "invalid_request", detail);
	const refusal = isForwardAuth(targetOf(error)) ? forwardAuthProblem(problem) : problem;
	const body = problemBody(refusal);
	const text = JSON.stringify(body);
	const headers = Object.entries(refusal.headers).map(([name, value]) => `${name}: ${value}\r\n`);
	return (
		`HTTP/1.1 ${body.status} ${body.title}\r\nContent-Type: application/problem+json\r\n${headers.join("")}` +
		`Content-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`
	);
}

function targetOf({ rawPacket }: ParseError): string {
	if (!Buffer.isBuffer(rawPacket)) return "";
	return REQUEST_LINE.exec(rawPacket.toString("latin1", 0, REQUEST_LINE_BYTES))?.[1] ?? "";
}
