import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { CreatedBackend } from "../../shared/wire.ts";
import { type RemotePerson, signUpAt } from "../server/person.ts";
import { type ServerProcess, startServer } from "../server/server-process.ts";
import { type Front, startFront } from "./front.ts";

const OPERATOR = { id: "operator", secret: "a secret long enough to be taken" };

export interface World {
	server: ServerProcess;
	/** Where backends reach the server. */
	front: Front;
	/** Whose workspace's keys the backends let in. */
	rin: RemotePerson;
	jo: RemotePerson;
	/** The credentials of a backend of Rin's. */
	client: { id: string; secret: string };
	/** HTTP Basic with the operator's credentials, which see the keys of all workspaces. */
	operator: string;
	/** For backends: where to ask, as whom, and whom to let in. */
	env: Record<string, string>;
	close(): Promise<void>;
}

/** A server with two workspaces, and what a backend of the first needs. */
export async function startWorld(): Promise<World> {
	const dataDir = await mkdtemp(join(tmpdir(), "auxvyn-test-"));
	const server = await startServer({
		DATA_DIR: dataDir,
		RATE_LIMIT_SCALE: "0",
		INTROSPECTION_CLIENT_ID: OPERATOR.id,
		INTROSPECTION_CLIENT_SECRET: OPERATOR.secret,
	});
	const front = await startFront(server.url);
	const [rin, jo] = [await signUpAt(server.url, "Rin"), await signUpAt(server.url, "Jo")];
	const created = await rin.request("POST", `/api/workspaces/${rin.workspaceId}/backends`, { name: "Game API" });
	const { backend, secret } = (await created.json()) as CreatedBackend;
	return {
		...{ server, front, rin, jo, client: { id: backend.id, secret } },
		operator: `Basic ${Buffer.from(`${OPERATOR.id}:${encodeURIComponent(OPERATOR.secret)}`).toString("base64")}`,
		env: {
			AUXVYN_SERVER: front.url,
			AUXVYN_WORKSPACE: rin.workspaceId,
			AUXVYN_CLIENT_ID: backend.id,
			AUXVYN_CLIENT_SECRET: secret,
		},
		async close() {
			await front.close();
			await server.stop();
			await rm(dataDir, { recursive: true, force: true });
		},
	};
}

/** Revokes a key, as the dashboard's Delete does. */
export async function revoke(person: RemotePerson, keyId: string): Promise<void> {
	const answer = await person.request("DELETE", `/api/workspaces/${person.workspaceId}/keys/${keyId}`);
	if (answer.status !== 204) throw new Error(`The key was not revoked: ${answer.status}`);
}
