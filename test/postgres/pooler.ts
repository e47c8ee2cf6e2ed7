import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";

/** ReadyForQuery, outside a transaction. */
const IDLE = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);

/** A pooler in transaction mode, as PgBouncer is one: between transactions, a connection belongs to the client that is next. */
export async function startPooler(target: number): Promise<{ port: number; close(): void }> {
	const free: Socket[] = [];
	const all = new Set<Socket>();
	const holders = new Map<Socket, Socket>();

	function opened(): Socket {
		const server = connect(target, "127.0.0.1");
		all.add(server);
		server.on("error", () => undefined);
		server.on("data", (chunk) => {
			holders.get(server)?.write(chunk);
			if (!chunk.subarray(-IDLE.length).equals(IDLE)) return;
			holders.delete(server);
			free.push(server);
		});
		return server;
	}

	const pooler = createServer((client) => {
		all.add(client);
		let hasBegun = false;
		client.on("error", () => undefined);
		client.on("data", (chunk) => {
			const held = [...holders].find(([, holder]) => holder === client)?.[0];
			const server = held ?? (hasBegun ? free.pop() : undefined) ?? opened();
			hasBegun = true;
			holders.set(server, client);
			// Terminate is for the pooler.
			if (chunk[0] === 0x58) client.end();
			else server.write(chunk);
		});
	});
	await new Promise<void>((resolve) => pooler.listen(0, "127.0.0.1", resolve));
	return {
		port: (pooler.address() as AddressInfo).port,
		close() {
			pooler.close();
			for (const socket of all) socket.destroy();
		},
	};
}
