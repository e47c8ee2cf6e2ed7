import type { ActivityEntry, ActivityList, CreatedInvitation, People, Role } from "../../../shared/wire.ts";
import type { Person, TestServer } from "../helper.ts";

/** Makes `person` a member, as an invitation would, a second after what was before. */
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
	if (answer.statusCode !== 201) throw new Error(`No invitation: ${answer.body}`);
	const created = answer.json<CreatedInvitation>();
	return { ...created, token: new URL(created.link).hash.slice(1) };
}
