import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, request as send, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";

import type { Certificate } from "../certificates.ts";

/** What is wrong with what stands between the server and its clients. */
export interface Fault {
	/** Changes what the server gets. */
	request?: (headers: IncomingHttpHeaders) => void;
	/** Changes what the client gets. */
	response?: (headers: IncomingHttpHeaders) => void;
	/** Answers itself, if it returns true. */
	instead?: (path: string, headers: IncomingHttpHeaders, response: ServerResponse) => boolean;
}

export interface Front {
	url: string;
	/** The port of the server behind it. */
	target: number;
	fault: Fault;
	close(): void;
}

/** A reverse proxy as a fault wants it. Without one it passes on everything, and its clients' addresses. */
export async function startFront(certificate?: Certificate): Promise<Front> {
	const server = certificate === undefined ? createServer() : createTlsServer(certificate);
	server.on("request", (incoming, response) => {
		const { url: path = "/", method, socket } = incoming;
		const known = incoming.headers["x-forwarded-for"];
		const chain = [...(known === undefined ? [] : [known]), socket.remoteAddress].join(", ");
		const headers: IncomingHttpHeaders = { ...incoming.headers, "x-forwarded-for": chain };
		const { fault } = front;
		if (fault.instead?.(path, headers, response)) return;
		fault.request?.(headers);
		const outgoing = send({ host: "127.0.0.1", port: front.target, path, method, headers }, (answer) => {
			fault.response?.(answer.headers);
			response.writeHead(answer.statusCode ?? 500, answer.headers);
			answer.pipe(response);
		});
		outgoing.on("error", () => response.writeHead(502).end("<html>Bad Gateway</html>"));
		incoming.pipe(outgoing);
	});
	await once(server.listen(0, "127.0.0.1"), "listening");
	const { port } = server.address() as AddressInfo;
	const front: Front = {
		url: `${certificate === undefined ? "http" : "https"}://localhost:${port}`,
		target: 0,
		fault: {},
		close: () => {
			server.closeAllConnections();
			server.close();
		},
	};
	return front;
}
