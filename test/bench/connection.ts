import { once } from "node:events";
import { connect } from "node:net";

import { createAnswerReader } from "./load.ts";

export interface Connection {
	/** Resolves with the status, once the response is complete. @throws Error if the connection ends before */
	ask(request: string): Promise<number>;
	close(): void;
}

/** One connection that is kept for many requests, one after another. */
export async function openConnection(port: number): Promise<Connection> {
	const socket = connect(port, "127.0.0.1");
	const reader = createAnswerReader();
	let waiting = Promise.withResolvers<number>();
	socket.on("data", (chunk: Buffer) => {
		const status = reader.read(chunk);
		if (status !== undefined) waiting.resolve(status);
	});
	socket.on("close", () => waiting.reject(new Error("The connection ended.")));
	waiting.promise.catch(() => undefined);
	await once(socket, "connect");
	return {
		ask(request) {
			waiting = Promise.withResolvers();
			socket.write(request);
			return waiting.promise;
		},
		close() {
			waiting.promise.catch(() => undefined);
			socket.destroy();
		},
	};
}
