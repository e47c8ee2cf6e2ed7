import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import { type Authority, createAuthority } from "../../certificates.ts";
import { signUpAt } from "../../person.ts";
import { type ServerProcess, startServer } from "../../server-process.ts";
import type { ProxyName } from "../find-proxy.ts";
import { startProxy } from "../start-proxy.ts";
import { AWAY, documented } from "./away.ts";
import { ask, type Behind, type Key, type Outcome, type People } from "./behind.ts";
import { startEchoApi } from "./echo-api.ts";
import { startFront } from "./front.ts";
import { IDENTITIES } from "./identities.ts";
import { configured, readPage } from "./page.ts";
import { PASSING } from "./passing.ts";
import { REFUSALS } from "./refusals.ts";

const HUNG = "/hung";
const READY_TIMEOUT = { timeout: 15_000 };

interface Started extends Behind {
	/** The answer to a request with a good key that Auxvyn never answered. */
	hung: Promise<Outcome>;
	stop(): Promise<unknown>;
}

/** Every case, behind each of these proxies as its page in docs/backends configures it. */
export function behindEach(names: readonly ProxyName[]): void {
	let authority: Authority;
	let stranger: Authority;
	let dataDir: string;
	let server: ServerProcess;
	let people: People;
	const started = new Map<ProxyName, Started>();

	beforeAll(async () => {
		[authority, stranger] = await Promise.all([createAuthority(), createAuthority()]);
		dataDir = await mkdtemp(join(tmpdir(), "auxvyn-test-"));
		server = await startServer({ DATA_DIR: dataDir, RATE_LIMIT_SCALE: "0" });
		people = await signUp(server.url);
		// All of them, so that those that did start are stopped, too.
		const outcomes = await Promise.allSettled(names.map(async (name) => started.set(name, await start(name))));
		for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
	});

	afterAll(async () => {
		await Promise.all([...started.values()].map((each) => each.stop()));
		await server.stop();
		await authority.close();
		await stranger.close();
		await rm(dataDir, { recursive: true, force: true });
	});

	async function start(name: ProxyName): Promise<Started> {
		const ca = authority.env.NODE_EXTRA_CA_CERTS;
		const front = await startFront({
			serverPort: server.port,
			certificates: {
				server: await authority.issue("127.0.0.1"),
				untrusted: await stranger.issue("127.0.0.1"),
				misnamed: await authority.issue("other.example.com"),
			},
			unanswered: people.unanswered.secret,
		});
		const api = await startEchoApi();
		const { workspaceId } = people.rin;
		const proxy = await startProxy(
			name,
			(at) => configured(name, { ...at, auxvynPort: front.port, apiPort: api.port, workspaceId, ca }),
			{ SSL_CERT_FILE: ca },
		);
		const page = await readPage(name);
		const behind = { name, port: proxy.port, page, front, api, people, serverOutput: () => server.output() };
		const stop = () => Promise.all([proxy.stop(), front.close(), api.close()]);
		try {
			// Traefik listens before it has read its routes.
			await vi.waitUntil(async () => (await ask(behind, undefined)).status === 401, READY_TIMEOUT);
		} catch (error) {
			await stop();
			throw new Error(`${name} asks nobody:\n${proxy.output()}`, { cause: error });
		}
		const hung = ask(behind, people.unanswered.secret, { target: HUNG });
		// Awaited by the last test, if it runs.
		hung.catch(() => undefined);
		return { ...behind, hung, stop };
	}

	function behind(name: ProxyName): Started {
		const found = started.get(name);
		if (found === undefined) throw new Error(`${name} did not start.`);
		return found;
	}

	describe.each(names)("behind %s, by its page", (name) => {
		it.each([...PASSING, ...IDENTITIES, ...REFUSALS, ...AWAY])("it %s", (_title, check) => check(behind(name)));
	});

	it.each(names)("%s refuses a request to which Auxvyn does not answer", async (name) => {
		const { hung, ...each } = behind(name);
		// Traefik waits for half a minute, which no setting changes.
		if (name === "traefik") await each.front.close();
		expect((await hung).status).toBe(documented(each, "does not answer"));
		expect(each.api.seen.map(({ target }) => target)).not.toContain(HUNG);
	});
}

async function signUp(url: string): Promise<People> {
	const rin = await signUpAt(url, "Rin");
	const stranger = await signUpAt(url, "Stranger");
	const create = async (person: typeof rin, label: string): Promise<Key> => {
		const { key, secret } = await person.createKey(label);
		return { id: key.id, secret };
	};
	return {
		rin,
		key: await create(rin, "Production"),
		other: await create(rin, "Staging"),
		unanswered: await create(rin, "Unanswered"),
		foreign: await create(stranger, "Production"),
	};
}
