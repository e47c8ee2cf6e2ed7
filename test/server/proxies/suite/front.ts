import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { createServer } from "node:tls";

import type { Certificate } from "../../certificates.ts";
import { freePort } from "../../free-port.ts";

/**
 * What a proxy meets: the server, nothing that listens, a certificate that nobody trusts or of another name, or this
 * answer to everything.
 */
export type Mode = "server" | "stopped" | "untrusted" | "misnamed" | { answer: string };

/** Stands before the server with a certificate, as its public address does, and can go wrong. */
export interface Front {
	port: number;
	/** What came for the server: request lines and headers. */
	requests: string[];
	/** How many connections came, in all. */
	connections: number;
	/** Closes all connections, but for the unanswered. */
	become(mode: Mode): Promise<void>;
	close(): Promise<void>;
}

export interface FrontOptions {
	serverPort: number;
	certificates: Record<"server" | "untrusted" | "misnamed", Certificate>;
	/** A request that contains it is never answered. */
	unanswered: string;
}

export async function startFront(options: FrontOptions): Promise<Front> {
	const { serverPort, certificates, unanswered } = options;
	const requests: string[] = [];
	const [open, hung] = [new Set<Socket>(), new Set<Socket>()];
	let mode: Mode = "server";
	const server = createServer(certificates.server, (socket) => {
		front.connections += 1;
		open.add(socket);
		socket.on("error", () => socket.destroy()).on("close", () => open.delete(socket));
		if (mode === "server") pass(socket);
		else socket.on("data", (chunk: Buffer) => answer(socket, chunk));
	});
	// A proxy that does not trust the certificate.
	server.on("tlsClientError", () => undefined);

	function pass(socket: Socket): void {
		const behind = connect(serverPort, "127.0.0.1");
		behind.pipe(socket);
		socket.on("data", (chunk: Buffer) => {
			if (chunk.includes(unanswered)) {
				behind.unpipe(socket).destroy();
				keep(socket);
				return;
			}
			const text = chunk.toString("latin1");
			// Long headers come in several pieces.
			requests.push(/^[A-Z]+ \S+ HTTP\//.test(text) ? text : (requests.pop() ?? "") + text);
			behind.write(chunk);
		});
		behind.on("error", () => socket.destroy());
		socket.on("close", () => behind.destroy());
	}

	function answer(socket: Socket, chunk: Buffer): void {
		if (chunk.includes(unanswered)) keep(socket);
		else if (typeof mode === "object" && chunk.includes("\r\n\r\n")) socket.write(mode.answer);
	}

	function keep(socket: Socket): void {
		open.delete(socket);
		hung.add(socket);
	}

	const port = await freePort();
	const listen = async () => void (await once(server.listen(port, "127.0.0.1"), "listening"));
	const stop = async (sockets: Iterable<Socket>) => {
		for (const socket of sockets) socket.destroy();
		if (server.listening) await new Promise((resolve) => server.close(resolve));
	};
	await listen();
	const front: Front = {
		port,
		requests,
		connections: 0,
		async become(next) {
			mode = next;
			server.setSecureContext(certificates[next === "untrusted" || next === "misnamed" ? next : "server"]);
			for (const socket of open) socket.destroy();
			// Without waiting: close() waits for the unanswered.
			if (next === "stopped") server.close();
			else if (!server.listening) await listen();
		},
		close: () => stop([...open, ...hung]),
	};
	return front;
}
