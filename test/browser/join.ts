import type { CreatedInvitation, Invitation } from "../../shared/wire.ts";
import type { Account } from "./server.ts";

/** Makes `guest` a member of `host`'s workspace, by a link. */
export async function join(host: Account, guest: Account, role: Invitation["role"]): Promise<void> {
	const invited = await host.request("POST", `/api/workspaces/${host.workspaceId}/invitations`, { role });
	const { link } = (await invited.json()) as CreatedInvitation;
	const token = new URL(link).hash.slice(1);
	const accepted = await guest.request("POST", "/api/invitations/accept", { token });
	if (!accepted.ok) throw new Error(`The invitation was not accepted: ${await accepted.text()}`);
}
