import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** One response as it came over the wire. */
export interface RawResponse {
	status: number;
	/** With lower-case names. */
	headers: Record<string, string>;
	body: string;
}

/** A connection that sends exactly the bytes it is given, as a proxy or a broken client would. */
export interface RawConnection {
	socket: Socket;
	send(text: string): void;
	/** The next response, without a body if it is to HEAD. Rejects if the connection ends before it is complete. */
	response(method?: "HEAD"): Promise<RawResponse>;
	/** The next bytes, after an upgrade. Rejects like `response`. */
	bytes(count: number): Promise<string>;
	/** Resolves when the server has closed the connection. Rejects if it was reset. */
	closed(): Promise<void>;
}

export async function openConnection(port: number): Promise<RawConnection> {
	const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
	await once(socket, "connect");
	let received = "";
	let failure: Error | undefined;
	let ended = false;
	let wake = () => {};
	socket.setEncoding("latin1");
	socket.on("data", (chunk: string) => {
		received += chunk;
		wake();
	});
	socket.on("error", (error) => {
		failure = error;
		wake();
	});
	socket.on("end", () => {
		ended = true;
		wake();
	});
	const until = async <T>(found: () => T | undefined): Promise<T> => {
		for (;;) {
			const value = found();
			if (value !== undefined) return value;
			if (failure) throw failure;
			if (ended) throw new Error(`The connection ended after: ${received}`);
			await new Promise<void>((resolve) => (wake = resolve));
		}
	};
	return {
		socket,
		send: (text) => void socket.write(text, "latin1"),
		response: (method) =>
			until(() => {
				const found = parse(received, method !== "HEAD");
				if (found) received = received.slice(found.length);
				return found?.response;
			}),
		bytes: (count) =>
			until(() => {
				if (received.length < count) return undefined;
				const found = received.slice(0, count);
				received = received.slice(count);
				return found;
			}),
		closed: () => until(() => (ended && !failure ? null : undefined)).then(() => undefined),
	};
}

/** The first response in `text`, and its length; undefined if it is not complete. Skips 100 Continue. */
function parse(text: string, hasBody: boolean): { response: RawResponse; length: number } | undefined {
	const head = /^(HTTP\/1\.1 100 [^]*?\r\n\r\n)*HTTP\/1\.[01] (?!100)(\d+)[^\r]*\r\n([^]*?)\r\n\r\n/.exec(text);
	if (head === null) return undefined;
	const lines = (head[3] ?? "").split("\r\n").map((line) => line.split(/: ?(.*)/));
	const headers = Object.fromEntries(lines.map(([name = "", value = ""]) => [name.toLowerCase(), value]));
	const length = head[0].length + (hasBody ? Number(headers["content-length"] ?? 0) : 0);
	if (text.length < length) return undefined;
	return { response: { status: Number(head[2]), headers, body: text.slice(head[0].length, length) }, length };
}
