import type { CreatedInvitation, Role } from "../../shared/wire.ts";
import type { Account } from "./server.ts";

/** Creates an invitation link. Returns its path and fragment. */
export async function inviteLink(owner: Account, role: Exclude<Role, "owner">): Promise<string> {
	const made = await owner.request("POST", `/api/workspaces/${owner.workspaceId}/invitations`, { role });
	if (!made.ok) throw new Error(`No invitation: ${made.status} ${await made.text()}`);
	const { pathname, hash } = new URL(((await made.json()) as CreatedInvitation).link);
	return pathname + hash;
}

/** Adds `person` to the owner's workspace with an invitation link. */
export async function joinTeam(owner: Account, person: Account, role: Exclude<Role, "owner">): Promise<void> {
	const token = (await inviteLink(owner, role)).split("#")[1];
	const accepted = await person.request("POST", "/api/invitations/accept", { token });
	if (!accepted.ok) throw new Error(`Not accepted: ${accepted.status} ${await accepted.text()}`);
}
