import type { CreatedInvitation, Invitation, People, Person, Role } from "../../../shared/wire.ts";
import { count, list, nothing, oneOf, orNull, record, text, time } from "../api/check.ts";
import { request } from "../api/client.ts";
import { personRefShape } from "../api/shapes.ts";

export type InvitedRole = Invitation["role"];

const personShape = record<Person>({
	id: text,
	name: text,
	email: text,
	role: oneOf("owner", "admin", "member"),
	joinedAt: time,
	activeKeys: count,
});
const invitationShape = record<Invitation>({
	id: text,
	role: oneOf("admin", "member"),
	createdAt: time,
	createdBy: orNull(personRefShape),
	expiresAt: time,
});
const peopleShape = record<People>({ people: list(personShape), invitations: list(invitationShape) });
const createdShape = record<CreatedInvitation>({ invitation: invitationShape, link: text });

const workspacePath = (id: string, rest: string) => `/api/workspaces/${encodeURIComponent(id)}/${rest}`;
const personPath = (workspaceId: string, id: string) => workspacePath(workspaceId, `people/${encodeURIComponent(id)}`);

export function listPeople(workspaceId: string): Promise<People> {
	return request("GET", workspacePath(workspaceId, "people"), peopleShape);
}

export async function changeRole(workspaceId: string, personId: string, role: Role): Promise<Person> {
	const answer = record<{ person: Person }>({ person: personShape });
	return (await request("PATCH", personPath(workspaceId, personId), answer, { body: { role } })).person;
}

/** Removing yourself means leaving. */
export async function removePerson(workspaceId: string, personId: string, keys: "keep" | "revoke"): Promise<void> {
	await request("DELETE", personPath(workspaceId, personId), nothing, { query: { keys } });
}

export function createInvitation(workspaceId: string, role: InvitedRole): Promise<CreatedInvitation> {
	return request("POST", workspacePath(workspaceId, "invitations"), createdShape, { body: { role } });
}

export async function withdrawInvitation(workspaceId: string, invitationId: string): Promise<void> {
	const path = workspacePath(workspaceId, `invitations/${encodeURIComponent(invitationId)}`);
	await request("DELETE", path, nothing);
}
