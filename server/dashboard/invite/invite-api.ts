import type { InvitationOffer, Workspace } from "../../../shared/wire.ts";
import { oneOf, orNull, record, text, time } from "../api/check.ts";
import { request } from "../api/client.ts";
import { personRefShape, workspaceShape } from "../api/shapes.ts";

const offerShape = record<InvitationOffer>({
	workspace: record({ id: text, name: text }),
	role: oneOf("admin", "member"),
	invitedBy: orNull(personRefShape),
	expiresAt: time,
});
const acceptedShape = record<{ workspace: Workspace }>({ workspace: workspaceShape });

export function lookAtInvitation(token: string): Promise<InvitationOffer> {
	return request("POST", "/api/invitations/look", offerShape, { body: { token } });
}

export async function acceptInvitation(token: string): Promise<Workspace> {
	return (await request("POST", "/api/invitations/accept", acceptedShape, { body: { token } })).workspace;
}
