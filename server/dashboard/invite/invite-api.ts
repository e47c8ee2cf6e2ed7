import type { InvitationOffer, Workspace } from "../../../shared/wire.ts";
import { InvitationOfferSchema } from "../../people/people.schema.ts";
import { OneWorkspaceSchema } from "../../workspaces/workspaces.schema.ts";
import { request } from "../api/client.ts";

export function lookAtInvitation(token: string): Promise<InvitationOffer> {
	return request("POST", "/api/invitations/look", InvitationOfferSchema, { body: { token }, ifUnknown: null });
}

export async function acceptInvitation(token: string): Promise<Workspace> {
	return (await request("POST", "/api/invitations/accept", OneWorkspaceSchema, { body: { token } })).workspace;
}
