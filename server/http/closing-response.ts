import { type IncomingMessage, type OutgoingHttpHeader, type OutgoingHttpHeaders, ServerResponse } from "node:http";
import { Socket } from "node:net";

/** How long a client may send nothing, although its request is not complete, before its connection is cut. */
const LINGER_MS = 2_000;

type Headers = OutgoingHttpHeaders | OutgoingHttpHeader[];

/**
 * A response that closes the connection if the request's body has not been read. Proxies may announce a body and never
 * send it, as nginx does for `auth_request`: the next request would be taken for that body.
 */
export class ClosingResponse<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {
	override writeHead(statusCode: number, reason?: string | Headers, headers?: Headers): this {
		if (hasUnreadBody(this.req)) {
			this.shouldKeepAlive = false;
			if (!this.req.complete) linger(this.req);
		}
		return super.writeHead(statusCode, reason as string, headers);
	}
}

function hasUnreadBody(request: IncomingMessage): boolean {
	// Looking at the headers takes longer: Node reads them when they are first asked for.
	if (request.complete && request.readableLength === 0) return false;
	const { headers } = request;
	const length = headers["content-length"];
	if ((length === undefined || length === "0") && headers["transfer-encoding"] === undefined) return false;
	return !request.readableEnded;
}

/**
 * Makes the connection's end wait for the rest of the body (RFC 9112 §9.6). Closing it at once would make the operating
 * system reset it, and the client might lose the response while it still sends.
 */
function linger(request: IncomingMessage): void {
	const { socket } = request;
	socket.destroySoon = () => {
		socket.end();
		socket.setTimeout(LINGER_MS);
		request.once("end", () => Socket.prototype.destroySoon.call(socket));
	};
}
