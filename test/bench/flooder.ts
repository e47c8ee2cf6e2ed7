import { connect } from "node:net";

import { createAnswerReader } from "./load.ts";

/** What the process is started with, as JSON in its first argument. */
export interface Flood {
	port: number;
	/** Whole HTTP/1.1 requests. Connections take them in turn, each one of them for good. */
	requests: string[];
	connections: number;
	seconds: number;
}

/** How often each status was the answer. */
export type Answers = Record<number, number>;

/** Asks as fast as it is answered, whatever the answers are, in a process of its own. */
if (import.meta.main) {
	const { port, requests, connections, seconds } = JSON.parse(process.argv[2] ?? "") as Flood;
	const answers: Answers = {};
	const endsAt = performance.now() + seconds * 1000;
	const flood = (request: Buffer): Promise<void> =>
		new Promise((resolve) => {
			const socket = connect(port, "127.0.0.1");
			const reader = createAnswerReader();
			socket.on("connect", () => socket.write(request));
			socket.on("error", () => socket.destroy());
			socket.on("close", () => resolve(performance.now() < endsAt ? flood(request) : undefined));
			socket.on("data", (chunk: Buffer) => {
				const status = reader.read(chunk);
				if (status === undefined) return;
				answers[status] = (answers[status] ?? 0) + 1;
				if (performance.now() < endsAt) socket.write(request);
				else socket.destroy();
			});
			setTimeout(() => socket.destroy(), endsAt - performance.now() + 2_000).unref();
		});
	const buffers = requests.map((request) => Buffer.from(request, "latin1"));
	await Promise.all(
		Array.from({ length: connections }, (_, index) => flood(buffers[index % buffers.length] as Buffer)),
	);
	console.log(JSON.stringify(answers));
	process.exit(0);
}
