import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { buildApp } from "../../server/app.ts";
import { loadConfig } from "../../server/config.ts";
import type { CreatedBackend, CreatedKey, DeviceAuthorization, WorkspaceList } from "../../shared/wire.ts";
import { EMPTY_DASHBOARD } from "../server/empty-dashboard.ts";
import { freePort } from "../server/free-port.ts";
import { quickHash } from "../server/quick-hash.ts";

export interface World {
	url: string;
	/** Of a signed-in owner. */
	session: string;
	workspaceId: string;
	/** To call with. Another one is in the requests' paths, some of which revoke it. */
	key: CreatedKey;
	keyId: string;
	backend: CreatedBackend;
	userCode: string;
	/** Lines of the log that tell of a bug. */
	failures: string[];
	close(): Promise<void>;
}

const RIN = { name: "Rin", email: "rin@example.com", password: "correct horse battery" };
const SESSION = /auxvyn\.session_token=([^;]+)/;
/** Pino's “error”. */
const ERROR_LEVEL = 50;

/** A real server without limits, and a person with one of each thing that requests name. */
export async function createWorld(): Promise<World> {
	const folder = await mkdtemp(path.join(tmpdir(), "auxvyn-fuzz-"));
	const port = await freePort();
	const url = `http://localhost:${port}`;
	const config = loadConfig({ DATA_DIR: folder, PUBLIC_URL: url, SIGN_UP: "open", RATE_LIMIT_SCALE: "0" });
	const failures: string[] = [];
	const logStream = {
		write: (line: string): void => {
			if ((JSON.parse(line) as { level: number }).level >= ERROR_LEVEL) failures.push(line);
		},
	};
	const app = await buildApp(config, {
		dashboard: EMPTY_DASHBOARD,
		passwordHash: quickHash,
		logStream,
	});
	await app.listen({ port, host: "127.0.0.1" });

	const post = async (target: string, body: object, session?: string): Promise<Response> => {
		const cookie = session === undefined ? {} : { cookie: `auxvyn.session_token=${session}` };
		const headers = { origin: url, "content-type": "application/json", ...cookie };
		const response = await fetch(url + target, { method: "POST", headers, body: JSON.stringify(body) });
		if (!response.ok) throw new Error(`${target} answered ${response.status}: ${await response.text()}`);
		return response;
	};
	const signedUp = await post("/api/auth/sign-up/email", RIN);
	const session = SESSION.exec(signedUp.headers.getSetCookie().join())?.[1] ?? "";
	const listed = await fetch(`${url}/api/workspaces`, { headers: { cookie: `auxvyn.session_token=${session}` } });
	const workspaceId = ((await listed.json()) as WorkspaceList).workspaces[0]?.id ?? "";
	const base = `/api/workspaces/${workspaceId}`;
	const createKey = async () => (await (await post(`${base}/keys`, { label: "Lobby" }, session)).json()) as CreatedKey;
	const key = await createKey();
	const { id: keyId } = (await createKey()).key;
	const backend = (await (await post(`${base}/backends`, { name: "API" }, session)).json()) as CreatedBackend;
	const form = new URLSearchParams({ client_id: "auxvyn-studio" });
	const started = await fetch(`${url}/oauth/device_authorization`, { method: "POST", body: form });
	const { user_code: userCode } = (await started.json()) as DeviceAuthorization;
	return {
		...{ url, session, workspaceId, key, keyId, backend, userCode, failures },
		async close() {
			await app.close();
			await rm(folder, { recursive: true });
		},
	};
}
