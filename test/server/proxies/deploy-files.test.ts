import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import { get } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { json } from "node:stream/consumers";

import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";

import { REPOSITORY } from "../../../plugin/build/repository.ts";
import { type Authority, createAuthority } from "../certificates.ts";
import { freePort } from "../free-port.ts";
import { type RemotePerson, signUpAt } from "../person.ts";
import { runCommand } from "../run-command.ts";
import { type ServerProcess, startServer } from "../server-process.ts";
import { nginxConf } from "./nginx-conf.ts";
import { type Place, type RunningProxy, startProxy } from "./start-proxy.ts";

let authority: Authority;
let ca: string;
let folder: string;
let httpPort: number;

beforeAll(async () => {
	authority = await createAuthority();
	ca = await readFile(authority.env.NODE_EXTRA_CA_CERTS, "utf8");
	folder = await mkdtemp(join(tmpdir(), "auxvyn-test-"));
	const { key, cert } = await authority.issue("localhost");
	await writeFile(join(folder, "key.pem"), key);
	await writeFile(join(folder, "cert.pem"), cert);
	httpPort = await freePort();
});

afterAll(async () => {
	await authority.close();
	await rm(folder, { recursive: true, force: true });
});

const FILES = { nginx: "nginx.conf", caddy: "Caddyfile" };

/** The file in docs/deploy/, but for what differs on this machine: ports, certificate, and where the server listens. */
async function configured(name: keyof typeof FILES, server: number): Promise<(at: Place) => string> {
	const file = await readFile(join(REPOSITORY, "docs/deploy", FILES[name]), "utf8");
	const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
	if (name === "caddy") {
		const site = file.replace("{$AUXVYN:127.0.0.1:8787}", `127.0.0.1:${server}`);
		return ({ port }) =>
			`{\n\tadmin off\n\tauto_https disable_redirects\n}\n${site}`.replace(
				"{$PUBLIC_URL} {",
				`https://localhost:${port} {\n\tbind 127.0.0.1\n\ttls ${cert} ${key}`,
			);
	}
	const sites = file
		.replaceAll(/listen \[::\]:.*\n/g, "")
		.replace("listen 80;", `listen 127.0.0.1:${httpPort};`)
		.replaceAll("keys.example.com", "localhost")
		.replace(/ssl_certificate .*/, `ssl_certificate ${cert};`)
		.replace(/ssl_certificate_key .*/, `ssl_certificate_key ${key};`)
		.replace("127.0.0.1:8787", `127.0.0.1:${server}`);
	return ({ port, folder: at }) => nginxConf(at, sites.replace("listen 443 ssl;", `listen 127.0.0.1:${port} ssl;`));
}

describe.each(["nginx", "caddy"] as const)("a server behind %s, by the file in docs/deploy", (name) => {
	let server: ServerProcess;
	let proxy: RunningProxy;
	let url: string;
	let rin: RemotePerson;

	beforeAll(async () => {
		const serverPort = await freePort();
		proxy = await startProxy(name, await configured(name, serverPort));
		url = `https://localhost:${proxy.port}`;
		server = await startServer({
			DATA_DIR: await mkdtemp(join(folder, "data-")),
			PORT: String(serverPort),
			PUBLIC_URL: url,
			TRUSTED_PROXIES: "127.0.0.1",
		});
		rin = await signUpAt(`http://127.0.0.1:${serverPort}`, "Rin", url);
	});

	afterAll(async () => {
		await server.stop();
		await proxy.stop();
	});

	function ask(path: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
		return new Promise((resolve, reject) => {
			get(`${url}${path}`, { headers, ca }, resolve).on("error", reject);
		});
	}

	it("authenticates keys, and knows its clients' addresses", async () => {
		const { secret } = await rin.createKey("Production");
		const whoami = await ask("/v1/whoami", { "x-api-key": secret });
		expect(whoami.statusCode).toBe(200);
		const ready = await json(await ask("/readyz?client"));
		expect(ready).toEqual({
			status: "ready",
			clock: { leadSeconds: 0 },
			disk: { low: false },
			client: { address: "127.0.0.1", forwarded: true },
		});
	});

	it("tells open pages of changes at once", async () => {
		const stream = await ask(`/api/workspaces/${rin.workspaceId}/events`, { cookie: rin.cookie() });
		onTestFinished(() => void stream.destroy());
		expect(stream.headers["content-type"]).toMatch("text/event-stream");
		await rin.createKey("Another");
		let received = "";
		for await (const chunk of stream.setEncoding("utf8")) {
			received += chunk as string;
			if (received.includes("keys")) break;
		}
		expect(received).toMatch(/^data: .*keys/m);
	});

	it("gets no complaint from npm run doctor", async () => {
		const { code, stdout } = await runCommand("doctor", [url], authority.env);
		expect(stdout).toMatch(/No problem found\.\n$/);
		expect(code).toBe(0);
	});
});

describe("nginx by docs/deploy/nginx.conf", () => {
	it("keeps its connection to the server open", async () => {
		let connections = 0;
		const server = createServer((_request, response) => response.end("{}")).on("connection", () => connections++);
		await once(server.listen(0, "127.0.0.1"), "listening");
		onTestFinished(() => void server.close());
		const proxy = await startProxy("nginx", await configured("nginx", (server.address() as AddressInfo).port));
		onTestFinished(proxy.stop);
		for (let request = 0; request < 3; request++) {
			const [response] = (await once(get(`https://localhost:${proxy.port}/`, { ca }), "response")) as [IncomingMessage];
			await json(response);
		}
		expect(connections).toBe(1);
	});

	it("sends people from http to https", async () => {
		const proxy = await startProxy("nginx", await configured("nginx", await freePort()));
		onTestFinished(proxy.stop);
		const answer = await fetch(`http://127.0.0.1:${httpPort}/pair?code=A`, { redirect: "manual" });
		expect([answer.status, answer.headers.get("location")]).toEqual([301, "https://127.0.0.1/pair?code=A"]);
	});
});
