import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** A request as the API got it. */
export interface Seen {
	method: string;
	target: string;
	/** Names as they came, in order. */
	headers: [name: string, value: string][];
	body: string;
}

/** The API behind a proxy: remembers what reached it. */
export interface EchoApi {
	port: number;
	seen: Seen[];
	close(): Promise<void>;
}

const WEBSOCKET = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

export async function startEchoApi(): Promise<EchoApi> {
	const seen: Seen[] = [];
	const server = createServer({ maxHeaderSize: 128 * 1024 }, (request, response) => {
		let body = "";
		request.setEncoding("latin1").on("data", (chunk: string) => (body += chunk));
		request.on("end", () => {
			seen.push(seenOf(request, body));
			response.setHeader("Content-Length", 4).end(request.method === "HEAD" ? undefined : "fine");
		});
	});
	const upgraded = new Set<Socket>();
	server.on("upgrade", (request: IncomingMessage, socket: Socket) => {
		seen.push(seenOf(request, ""));
		upgraded.add(socket);
		const accept = createHash("sha1").update(`${request.headers["sec-websocket-key"]}${WEBSOCKET}`).digest("base64");
		const head = ["HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade"];
		socket.write(`${[...head, `Sec-WebSocket-Accept: ${accept}`].join("\r\n")}\r\n\r\n`);
		socket.on("data", (frame) => socket.write(`echo of ${frame.toString("latin1")}`, "latin1"));
		socket.on("error", () => socket.destroy());
	});
	await once(server.listen(0, "127.0.0.1"), "listening");
	return {
		port: (server.address() as AddressInfo).port,
		seen,
		async close() {
			for (const socket of upgraded) socket.destroy();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

function seenOf({ method = "", url = "", rawHeaders }: IncomingMessage, body: string): Seen {
	const headers: Seen["headers"] = [];
	for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
		headers.push([rawHeaders[index] ?? "", rawHeaders[index + 1] ?? ""]);
	}
	return { method, target: url, headers, body };
}
