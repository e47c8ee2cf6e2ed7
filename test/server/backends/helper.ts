import type { CreatedBackend } from "../../../shared/wire.ts";
import type { Person, TestServer } from "../helper.ts";

export const backendsOf = (person: Person): string => `/api/workspaces/${person.workspaceId}/backends`;

export async function createBackend(person: Person, name = "Game API"): Promise<CreatedBackend> {
	const answer = await person.request("POST", backendsOf(person), { name });
	if (answer.statusCode !== 201) throw new Error(`No backend: ${answer.body}`);
	return answer.json<CreatedBackend>();
}

export interface Client {
	id: string;
	secret: string;
}

export const clientOf = ({ backend, secret }: CreatedBackend): Client => ({ id: backend.id, secret });

export function basic({ id, secret }: Client): { authorization: string } {
	return { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}` };
}

export function introspect(server: TestServer, client: Client, token: string) {
	return server.form("/oauth/introspect", { token }, basic(client));
}
