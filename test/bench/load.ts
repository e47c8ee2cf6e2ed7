import { connect } from "node:net";

const CONNECTIONS = 32;

/**
 * Asks the same server over and over, on 32 connections, each its next request as soon as the last is answered.
 * @returns requests per second
 * @throws Error where any answer is not 200
 */
export async function measure(port: number, requestOf: (index: number) => string, seconds: number): Promise<number> {
	let answered = 0;
	let index = 0;
	const endsAt = performance.now() + seconds * 1000;
	const one = (): Promise<void> =>
		new Promise((resolve, reject) => {
			const socket = connect(port, "127.0.0.1");
			const ask = (): void => void socket.write(requestOf(index++));
			socket.on("connect", ask);
			socket.on("error", reject);
			socket.on("data", (chunk: Buffer) => {
				if (chunk.toString("latin1", 9, 12) !== "200") {
					socket.destroy();
					reject(new Error(`Answered ${chunk.toString("latin1", 0, 200)}`));
					return;
				}
				answered += 1;
				if (performance.now() < endsAt) {
					ask();
					return;
				}
				socket.destroy();
				resolve();
			});
		});
	const begin = performance.now();
	await Promise.all(Array.from({ length: CONNECTIONS }, one));
	return (answered / (performance.now() - begin)) * 1000;
}

export function median(values: number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
