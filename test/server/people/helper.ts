import type { ActivityEntry, ActivityList, CreatedInvitation, People, Role } from "../../../shared/wire.ts";
import { build, type BuildOptions, type Person, type TestServer } from "../helper.ts";

export interface Team {
	server: TestServer;
	rin: Person;
	jo: Person;
	/** The URL of the people of Rin's workspace. */
	people: string;
	/** Jo's URL among them. */
	joUrl: string;
}

/** Rin's workspace, with Jo in it. */
export async function team(role: Role = "admin", options: BuildOptions = {}): Promise<Team> {
	const server = await build(options);
	const [rin, jo] = [await server.signUp("Rin"), await server.signUp("Jo")];
	join(server, jo, rin.workspaceId, role);
	const people = `/api/workspaces/${rin.workspaceId}/people`;
	return { server, rin, jo, people, joUrl: `${people}/${jo.accountId}` };
}

/** Creates a key and returns its secret. */
export async function createKeyIn(person: Person, workspaceId: string, label: string): Promise<string> {
	const created = await person.request("POST", `/api/workspaces/${workspaceId}/keys`, { label });
	return created.json<{ secret: string }>().secret;
}

/** Makes `person` a member, one second after everything so far. */
export function join(server: TestServer, person: Person, workspaceId: string, role: Role): void {
	server.clock.advance(1);
	const insert = server.db.prepare("INSERT INTO member VALUES (?, ?, ?, ?)");
	insert.run(workspaceId, person.accountId, role, server.clock.now());
}

export async function peopleOf(person: Person, workspaceId = person.workspaceId): Promise<People> {
	return (await person.request("GET", `/api/workspaces/${workspaceId}/people`)).json<People>();
}

/** The newest entries of the workspace's activity. */
export async function newest(person: Person, count: number): Promise<ActivityEntry[]> {
	const url = `/api/workspaces/${person.workspaceId}/activity?limit=${count}`;
	return (await person.request("GET", url)).json<ActivityList>().entries;
}

export async function invite(owner: Person, role: Role = "admin"): Promise<CreatedInvitation & { token: string }> {
	const answer = await owner.request("POST", `/api/workspaces/${owner.workspaceId}/invitations`, { role });
	if (answer.statusCode !== 201) throw new Error(`Inviting failed: ${answer.body}`);
	const created = answer.json<CreatedInvitation>();
	return { ...created, token: new URL(created.link).hash.slice(1) };
}
