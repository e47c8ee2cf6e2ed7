import { once } from "node:events";
import { connect, type Socket } from "node:net";

import { onTestFinished } from "vitest";

import type { ServerProcess } from "./server-process.ts";

/** A connection to a server, for requests that are sent in parts or while it is stopped. */
export function openSocket(server: ServerProcess): Promise<Socket> {
	const socket = connect(server.port, "127.0.0.1");
	onTestFinished(() => void socket.destroy());
	return once(socket, "connect").then(() => socket);
}

/** A game's whole request. */
export function whoamiRequest(key: string): string {
	return `GET /v1/whoami HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${key}\r\n\r\n`;
}

/** Of the next response. */
export async function statusOf(socket: Socket): Promise<number> {
	const [chunk] = (await once(socket, "data")) as [Buffer];
	return Number(chunk.toString("latin1").split(" ")[1]);
}
