import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { REPOSITORY } from "../../../../plugin/build/repository.ts";
import type { ProxyName } from "../find-proxy.ts";
import { nginxConf } from "../nginx-conf.ts";
import type { Place } from "../start-proxy.ts";

/** What differs between a page in docs/backends and this machine. */
export interface Here extends Place {
	auxvynPort: number;
	apiPort: number;
	workspaceId: string;
	/** A file with the authority of Auxvyn's certificate, if it has one. */
	ca?: string;
}

export function readPage(name: ProxyName): Promise<string> {
	return readFile(join(REPOSITORY, "docs/backends", `${name}.md`), "utf8");
}

/** The page's blocks of code. */
export function blocksOf(page: string): string[] {
	return [...page.matchAll(/^```[a-z]*\n([^]*?)\n```$/gm)].map(([, block = ""]) => block);
}

/** A page's configuration, or these lines instead, with the addresses of this machine in place of the examples. */
export async function configured(name: ProxyName, here: Here, lines?: string): Promise<string> {
	const [block = "", ...others] = blocksOf(await readPage(name));
	return ON_THIS_MACHINE[name](`${withAddresses(lines ?? block, here)}\n`, here, others);
}

function withAddresses(block: string, { auxvynPort, apiPort, workspaceId, ca = "" }: Here): string {
	return block
		.replaceAll("https://keys.example.com", `https://127.0.0.1:${auxvynPort}`)
		.replaceAll(/keys\.example\.com(:|, port_value: )443/g, `127.0.0.1$1${auxvynPort}`)
		.replaceAll("keys.example.com", "127.0.0.1")
		.replaceAll(/127\.0\.0\.1(:|, port_value: )3000/g, `127.0.0.1$1${apiPort}`)
		.replaceAll("ws_…", workspaceId)
		.replaceAll(/\/etc\/ssl\/certs\/ca-certificates\.crt|@system-ca/g, ca);
}

type Adapt = (block: string, here: Here, others: string[]) => string | Promise<string>;

/** The page's own address and certificate become a port of this machine; the proxy's other settings are added. */
const ON_THIS_MACHINE: Record<ProxyName, Adapt> = {
	nginx: (block, { port, folder }) =>
		nginxConf(
			folder,
			block.replace("listen 443 ssl;", `listen 127.0.0.1:${port};`).replaceAll(/\n\tssl_certificate.*/g, ""),
		),
	caddy: (block, { port }) =>
		block
			.replace("{\n", "{\n\tadmin off\n\tauto_https off\n")
			.replace("api.example.com {", `http://:${port} {\n\tbind 127.0.0.1`),
	haproxy: async (block, { port, folder }, [lua = ""]) => {
		const script = join(folder, "auxvyn.lua");
		await writeFile(script, lua);
		return block
			.replace("/etc/haproxy/auxvyn.lua", script)
			.replace("bind :443 ssl crt /etc/haproxy/api.example.com.pem", `bind 127.0.0.1:${port}`);
	},
	traefik: async (block, { port, folder }) => {
		const dynamic = join(folder, "dynamic.yaml");
		await writeFile(dynamic, block);
		return `global: { checkNewVersion: false, sendAnonymousUsage: false }
entryPoints: { websecure: { address: "127.0.0.1:${port}" } }
providers: { file: { filename: ${dynamic}, watch: false } }
`;
	},
	envoy: (block, { port }) =>
		block
			.replace("0.0.0.0, port_value: 443", `127.0.0.1, port_value: ${port}`)
			.replace(/\n {10}transport_socket:\n(?: {12}.*\n)+/, "\n"),
};
