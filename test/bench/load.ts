import { connect } from "node:net";

/** Times in milliseconds, rate in requests per second. */
export interface Measured {
	rate: number;
	p50: number;
	p99: number;
}

export interface Load {
	port: number;
	/** A whole HTTP/1.1 request. */
	requestOf: (index: number) => string;
	connections: number;
	seconds: number;
	/** Of every response. Default: any 2xx. */
	status?: number;
}

/**
 * Sends requests to one server, on each connection the next one as soon as the last is answered.
 * @throws Error if any response has another status
 */
export async function measure({ port, requestOf, connections, seconds, status: expected }: Load): Promise<Measured> {
	const latencies: number[] = [];
	let index = 0;
	const endsAt = performance.now() + seconds * 1000;
	const one = (): Promise<void> =>
		new Promise((resolve, reject) => {
			const socket = connect(port, "127.0.0.1");
			const answers = createAnswerReader();
			let sentAt = 0;
			const ask = (): void => {
				sentAt = performance.now();
				socket.write(requestOf(index++));
			};
			socket.on("connect", ask);
			socket.on("error", reject);
			socket.on("data", (chunk: Buffer) => {
				const status = answers.read(chunk);
				if (status === undefined) return;
				latencies.push(performance.now() - sentAt);
				if (expected === undefined ? status < 200 || status > 299 : status !== expected) {
					socket.destroy();
					reject(new Error(`Response: ${chunk.toString("latin1", 0, 400)}`));
				} else if (performance.now() < endsAt) {
					ask();
				} else {
					socket.destroy();
					resolve();
				}
			});
		});
	const begin = performance.now();
	await Promise.all(Array.from({ length: connections }, one));
	const rate = (latencies.length / (performance.now() - begin)) * 1000;
	latencies.sort((a, b) => a - b);
	return { rate, p50: share(latencies, 0.5), p99: share(latencies, 0.99) };
}

/** Reassembles responses that arrive in several pieces. */
export function createAnswerReader() {
	let status = 0;
	let missing = 0;

	return {
		/** The status, once the response is complete. */
		read(chunk: Buffer): number | undefined {
			if (missing > 0) {
				missing -= chunk.length;
			} else {
				status = Number(chunk.toString("latin1", 9, 12));
				const head = chunk.indexOf("\r\n\r\n") + 4;
				const length = /content-length: (\d+)/i.exec(chunk.toString("latin1", 0, head))?.[1] ?? "0";
				missing = head + Number(length) - chunk.length;
			}
			return missing > 0 ? undefined : status;
		},
	};
}

/** The value below which `part` of the values are. */
export function share(sorted: number[], part: number): number {
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

export function median(values: number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
