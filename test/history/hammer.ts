import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** A key that clients use all the time, and what they have been told of it. */
export interface HammeredKey {
	secret: string;
	workspaceId: string;
	/** The label ends with how often it was renamed: so often at least. */
	renamed: number;
	/** The revocation has been asked for. */
	isEnding: boolean;
	/** The revocation has been answered. */
	isRevoked: boolean;
}

export function noTally(): Tally {
	return { answered: 0, afterwards: 0, acceptedAfterwards: 0, oldLabels: 0, refusedBefore: 0, undecided: 0 };
}

/** What the answers showed. */
export interface Tally {
	answered: number;
	/** Answers to requests of which the first byte was sent after the revocation's answer had arrived. */
	afterwards: number;
	/** Of those, and there should be none. */
	acceptedAfterwards: number;
	/** With a label from before a rename that had been answered. */
	oldLabels: number;
	/** Although no one had asked for a revocation. */
	refusedBefore: number;
	/** 503: neither accepted nor refused. */
	undecided: number;
}

export type Path = "whoami" | "forward-auth";

/** A request, and what was known when its first byte was sent. */
interface Sent {
	key: HammeredKey;
	path: Path;
	renamed: number;
	wasRevoked: boolean;
	done: (status: number | undefined) => void;
}

const ANSWER = /^HTTP\/1\.1 (\d+) [^]*?\r\ncontent-length: (\d+)[^]*?\r\n\r\n/i;
const RENAMED = /"label":"[^"]* (\d+)"/;

/** A connection that sends requests without waiting for the answers to earlier ones, which come in the same order. */
export class Hammer {
	readonly #socket: Socket;
	readonly #tally: Tally;
	readonly #sent: Sent[] = [];
	#received = "";
	#failure: Error | undefined;

	private constructor(socket: Socket, tally: Tally) {
		this.#socket = socket;
		this.#tally = tally;
		socket.setNoDelay().setEncoding("latin1");
		socket.on("data", (chunk: string) => this.#read(chunk));
		socket.on("error", (error) => (this.#failure = error));
		socket.on("close", () => {
			for (const { done } of this.#sent.splice(0)) done(undefined);
		});
	}

	static async open(port: number, tally: Tally): Promise<Hammer> {
		const socket = connect(port, "127.0.0.1");
		await once(socket, "connect");
		return new Hammer(socket, tally);
	}

	/** Resolves to the status; undefined: the connection ended before the answer. */
	ask(key: HammeredKey, path: Path): Promise<number | undefined> {
		const answered = this.#expect(key, path);
		this.#socket.write(requestOf(key, path));
		return answered;
	}

	/** Sends a part of a request. The returned function sends the rest, which then counts as the whole. @param part up to 1 */
	begin(key: HammeredKey, path: Path, part: number): () => Promise<number | undefined> {
		const whole = requestOf(key, path);
		const cut = 1 + Math.floor(part * (whole.length - 1));
		this.#socket.write(whole.slice(0, cut));
		return () => {
			const answered = this.#expect(key, path);
			this.#socket.write(whole.slice(cut));
			return answered;
		};
	}

	/** Whether the server has ended the connection in the middle of an answer. */
	get isCut(): boolean {
		return this.#socket.closed && this.#received !== "";
	}

	/** @throws Error if the server has ended the connection */
	close(): void {
		if (this.#failure !== undefined || this.#socket.closed)
			throw new Error("A connection broke.", { cause: this.#failure });
		this.#socket.destroy();
	}

	drop(): void {
		this.#socket.destroy();
	}

	#expect(key: HammeredKey, path: Path): Promise<number | undefined> {
		const { promise, resolve } = Promise.withResolvers<number | undefined>();
		if (this.#socket.closed) resolve(undefined);
		this.#sent.push({ key, path, renamed: key.renamed, wasRevoked: key.isRevoked, done: resolve });
		return promise;
	}

	#read(chunk: string): void {
		this.#received += chunk;
		for (;;) {
			const head = ANSWER.exec(this.#received);
			if (head === null) return;
			const end = head[0].length + Number(head[2]);
			if (this.#received.length < end) return;
			const body = this.#received.slice(head[0].length, end);
			this.#received = this.#received.slice(end);
			const sent = this.#sent.shift();
			const status = Number(head[1]);
			if (sent !== undefined) this.#judge(sent, status, body);
			// On a busy machine a half request may take too long.
			else if (status !== 408) throw new Error(`An answer to no request: ${head[0]}${body}`);
		}
	}

	#judge({ key, path, renamed, wasRevoked, done }: Sent, status: number, body: string): void {
		const tally = this.#tally;
		tally.answered += 1;
		if (wasRevoked) tally.afterwards += 1;
		if (status === 503) tally.undecided += 1;
		else if (status === 200) {
			if (wasRevoked) tally.acceptedAfterwards += 1;
			if (path === "whoami" && Number(RENAMED.exec(body)?.[1]) < renamed) tally.oldLabels += 1;
		} else if (status !== 401) throw new Error(`The server answered ${status}: ${body}`);
		else if (!key.isEnding) tally.refusedBefore += 1;
		done(status);
	}
}

function requestOf({ secret, workspaceId }: HammeredKey, path: Path): string {
	const query = path === "whoami" ? "" : `?workspace=${workspaceId}`;
	return `GET /v1/${path}${query} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${secret}\r\n\r\n`;
}
