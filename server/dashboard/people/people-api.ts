import type { CreatedInvitation, Invitation, People, Person, Role } from "../../../shared/wire.ts";
import { CreatedInvitationSchema, OnePersonSchema, PeopleSchema } from "../../people/people.schema.ts";
import { perform, request } from "../api/client.ts";

export type InvitedRole = Invitation["role"];

const workspacePath = (id: string, rest: string) => `/api/workspaces/${encodeURIComponent(id)}/${rest}`;
const personPath = (workspaceId: string, id: string) => workspacePath(workspaceId, `people/${encodeURIComponent(id)}`);

export function listPeople(workspaceId: string): Promise<People> {
	return request("GET", workspacePath(workspaceId, "people"), PeopleSchema);
}

export async function changeRole(workspaceId: string, personId: string, role: Role): Promise<Person> {
	return (await request("PATCH", personPath(workspaceId, personId), OnePersonSchema, { body: { role } })).person;
}

/** Removing yourself means leaving. */
export function removePerson(workspaceId: string, personId: string, keys: "keep" | "revoke"): Promise<void> {
	return perform("DELETE", personPath(workspaceId, personId), { query: { keys } });
}

export function createInvitation(workspaceId: string, role: InvitedRole): Promise<CreatedInvitation> {
	return request("POST", workspacePath(workspaceId, "invitations"), CreatedInvitationSchema, { body: { role } });
}

export function withdrawInvitation(workspaceId: string, invitationId: string): Promise<void> {
	const path = workspacePath(workspaceId, `invitations/${encodeURIComponent(invitationId)}`);
	return perform("DELETE", path);
}
