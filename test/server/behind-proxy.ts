import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Key } from "../../shared/wire.ts";
import { type LossyProxy, startLossyProxy } from "./lossy-proxy.ts";
import { type RemotePerson, signUpAt } from "./person.ts";
import { startServer } from "./server-process.ts";

export interface BehindProxy {
	proxy: LossyProxy;
	rin: RemotePerson;
	/** Which responses the proxy loses from now on; none if undefined. */
	lose(pattern: ((path: string, count: number) => boolean) | undefined): void;
	/** Sent directly to the server. */
	whoami(key: string): Promise<Response>;
	activeKeys(): Promise<Key[]>;
	close(): Promise<void>;
}

/** A server whose public address is a proxy that may lose responses, and Rin, whose connection loses none. */
export async function startBehindProxy(env: Record<string, string> = {}): Promise<BehindProxy> {
	let loses: ((path: string, count: number) => boolean) | undefined;
	const dataDir = await mkdtemp(join(tmpdir(), "auxvyn-test-"));
	const proxy = await startLossyProxy((path, count) => loses?.(path, count) ?? false);
	const server = await startServer({ DATA_DIR: dataDir, PUBLIC_URL: proxy.url, RATE_LIMIT_SCALE: "0", ...env });
	proxy.target = `http://127.0.0.1:${server.port}`;
	const rin = await signUpAt(proxy.target, "Rin", proxy.url);
	return {
		proxy,
		rin,
		lose: (pattern) => (loses = pattern),
		whoami: (key) => fetch(`${proxy.target}/v1/whoami`, { headers: { authorization: `Bearer ${key}` } }),
		async activeKeys() {
			const answer = await rin.request("GET", `/api/workspaces/${rin.workspaceId}/keys?state=active`);
			return ((await answer.json()) as { keys: Key[] }).keys;
		},
		async close() {
			await server.stop();
			await proxy.close();
			await rm(dataDir, { recursive: true, force: true });
		},
	};
}
