import { connect, createServer, type Server, type Socket } from "node:net";

const COMMIT = Buffer.from("COMMIT\0");
/** In a client's first message. */
const NAME = /application_name\0auxvyn (\w+)/;

interface Pair {
	/** As the client calls its connection; empty until it has said so. */
	name: string;
	client: Socket;
	/** Undefined if new connections hang. */
	server: Socket | undefined;
	isFrozen: boolean;
	isAnswerLost: boolean;
}

/** The network between a server and PostgreSQL, with its faults. */
export class PostgresProxy {
	readonly #server: Server;
	readonly #pairs = new Set<Pair>();
	#toLose: { what: "answer" | "request"; then: () => void } | undefined;
	#toFreeze: { text: string; then: () => void } | undefined;
	#port = 0;
	/** New connections are led to this port, by their name. */
	target: (name: string) => number;
	/** New connections are accepted, and nothing more. */
	hangs = false;

	private constructor(target: (name: string) => number) {
		this.target = target;
		this.#server = createServer((client) => this.#accept(client));
	}

	static async start(target: number | ((name: string) => number)): Promise<PostgresProxy> {
		const proxy = new PostgresProxy(typeof target === "number" ? () => target : target);
		await proxy.#listen();
		return proxy;
	}

	/** The same URL, by way of the proxy. */
	through(url: string): string {
		const changed = new URL(url);
		changed.port = String(this.#port);
		return changed.href;
	}

	/** No new connection is accepted; the present ones stay. */
	refuse(): void {
		if (this.#server.listening) this.#server.close();
	}

	/** Ends the present connections, of this name or all, by a reset. */
	cut(name?: string): void {
		for (const pair of this.#pairs) if (name === undefined || pair.name === name) end(pair);
	}

	/** The present connections, of this name or all, carry nothing more, and are never told of an end. */
	freeze(name?: string): void {
		for (const pair of this.#pairs) if (name === undefined || pair.name === name) pair.isFrozen = true;
	}

	/** Freezes the next connection that sends this text, with it. Resolves once it is frozen. */
	freezeAt(text: string): Promise<void> {
		return new Promise((resolve) => (this.#toFreeze = { text, then: resolve }));
	}

	/** The names of the connections that work. */
	get working(): string[] {
		return [...this.#pairs].filter(({ name, isFrozen }) => name !== "" && !isFrozen).map(({ name }) => name);
	}

	/** Everything works again, but what is frozen is lost. */
	async restore(): Promise<void> {
		this.hangs = false;
		if (!this.#server.listening) await this.#listen();
	}

	/** Of the next COMMIT, the answer or the request itself is lost, with its connection. Resolves once it was. */
	loseCommit(what: "answer" | "request"): Promise<void> {
		return new Promise((resolve) => (this.#toLose = { what, then: resolve }));
	}

	close(): void {
		this.refuse();
		for (const pair of this.#pairs) end(pair);
	}

	#listen(): Promise<void> {
		return new Promise((resolve, reject) => {
			this.#server.once("error", reject);
			this.#server.listen(this.#port, "127.0.0.1", () => {
				const address = this.#server.address();
				if (address !== null && typeof address === "object") this.#port = address.port;
				resolve();
			});
		});
	}

	#accept(client: Socket): void {
		const pair: Pair = { name: "", client, server: undefined, isFrozen: false, isAnswerLost: false };
		this.#pairs.add(pair);
		client.on("error", () => end(pair));
		client.on("close", () => {
			// What is frozen keeps its other end open, as a dead network does.
			if (pair.isFrozen) return;
			end(pair);
			this.#pairs.delete(pair);
		});
		if (this.hangs) return void client.resume();
		client.on("data", (chunk) => this.#toServer(pair, chunk));
	}

	#toServer(pair: Pair, chunk: Buffer): void {
		pair.server ??= this.#open(pair, chunk);
		if (this.#toFreeze !== undefined && chunk.includes(this.#toFreeze.text)) {
			pair.isFrozen = true;
			this.#toFreeze.then();
			this.#toFreeze = undefined;
		}
		if (pair.isFrozen) return;
		const toLose = chunk.includes(COMMIT) ? this.#toLose?.what : undefined;
		pair.isAnswerLost = toLose === "answer";
		if (toLose === "request") this.#lose(pair);
		else pair.server.write(chunk);
	}

	#open(pair: Pair, first: Buffer): Socket {
		pair.name = NAME.exec(first.toString("latin1"))?.[1] ?? "";
		const server = connect(this.target(pair.name), "127.0.0.1");
		server.on("error", () => end(pair));
		server.on("close", () => {
			if (!pair.isFrozen) end(pair);
		});
		server.on("data", (chunk) => {
			if (pair.isAnswerLost) this.#lose(pair);
			else if (!pair.isFrozen) pair.client.write(chunk);
		});
		return server;
	}

	#lose(pair: Pair): void {
		const then = this.#toLose?.then;
		this.#toLose = undefined;
		then?.();
		end(pair);
	}
}

function end({ client, server }: Pair): void {
	client.resetAndDestroy();
	server?.resetAndDestroy();
}
