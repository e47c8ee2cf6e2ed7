import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

export interface LossyProxy {
	url: string;
	/** Where requests go; set before the first one. */
	target: string;
	/** Responses lost so far. */
	lost: number;
	close(): Promise<void>;
}

/**
 * Forwards every request, but closes the connection instead of responding if `loses` says so: the work is done, the
 * response is lost.
 */
export async function startLossyProxy(loses: (path: string, count: number) => boolean): Promise<LossyProxy> {
	let count = 0;
	const server = createServer((incoming, outgoing) => {
		// Some clients send an absolute URL, as they would to a proxy (RFC 9112 §3.2.2).
		const { pathname, search } = new URL(incoming.url ?? "/", proxy.url);
		const path = pathname + search;
		const lose = loses(path, count++);
		const { host: _, ...headers } = incoming.headers;
		const forwarded = request(`${proxy.target}${path}`, { method: incoming.method ?? "GET", headers }, (answer) => {
			if (lose) {
				proxy.lost += 1;
				answer.resume().on("end", () => outgoing.destroy());
				return;
			}
			outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(outgoing);
		});
		forwarded.on("error", () => outgoing.destroy());
		incoming.pipe(forwarded);
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const proxy: LossyProxy = {
		url: `http://localhost:${(server.address() as AddressInfo).port}`,
		target: "",
		lost: 0,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
	return proxy;
}
