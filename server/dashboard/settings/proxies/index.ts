import { caddy } from "./caddy.ts";
import { envoy } from "./envoy.ts";
import { haproxy } from "./haproxy.ts";
import { nginx } from "./nginx.ts";
import { traefik } from "./traefik.ts";

const CONFIGURATIONS = { nginx, caddy, traefik, haproxy, envoy };

export type Proxy = keyof typeof CONFIGURATIONS;

/** What a configuration is told about this server. */
export interface Auxvyn {
	origin: string;
	hostname: string;
	port: string;
	isTls: boolean;
	/** Of forward-auth, with its query. */
	path: string;
}

/**
 * The configuration of a reverse proxy that lets only this workspace's keys pass, as on its page in docs/backends.
 * `origin` is this server's.
 */
export function proxyLines(proxy: Proxy, { origin, workspaceId }: { origin: string; workspaceId: string }): string {
	const { protocol, hostname, port } = new URL(origin);
	const isTls = protocol === "https:";
	const path = `/v1/forward-auth?workspace=${workspaceId}`;
	return CONFIGURATIONS[proxy]({ origin, hostname, port: port || (isTls ? "443" : "80"), isTls, path });
}
