import type { AccountReview } from "../../../shared/wire.ts";
import { revokeKey } from "../keys/keys-api.ts";
import { removePerson, withdrawInvitation } from "../people/people-api.ts";
import { deleteBackend } from "../settings/backends-api.ts";
import { deleteWorkspace } from "../workspaces/workspaces-api.ts";

/** Something that can be kept or ended. */
export interface ReviewItem {
	/** What it is called. */
	name: string;
	detail: string;
	/** The button's text. */
	action: string;
	createdAt?: string;
	/** What ending it means, if that may take a game down. */
	warning?: string;
	end: () => Promise<void>;
}

export interface ReviewGroup {
	title: string;
	/** The text of the button that ends all. */
	endAll: string;
	/** What ending all means. */
	warning?: string;
	items: ReviewItem[];
}

/** What is to be kept or ended, with memberships last: ending one also ends what is in it. */
export function reviewGroups(review: AccountReview, accountId: string): ReviewGroup[] {
	const { keys, backends, invitations, workspaces } = review;
	const groups = [
		{
			title: "API keys",
			endAll: "Delete all",
			warning: "Games that use them are refused at once.",
			items: keys.map(({ id, workspaceId, workspaceName, label, hint, createdAt }) => ({
				createdAt,
				name: label,
				detail: `…${hint} in ${workspaceName}`,
				action: "Delete",
				warning: "Games that use it are refused at once.",
				end: () => revokeKey(workspaceId, id),
			})),
		},
		{
			title: "Backends",
			endAll: "Delete all",
			warning: "The backends that use them can no longer check keys.",
			items: backends.map(({ id, workspaceId, workspaceName, name, createdAt }) => ({
				createdAt,
				name,
				detail: `in ${workspaceName}`,
				action: "Delete",
				warning: "The backend that uses it can no longer check keys.",
				end: () => deleteBackend(workspaceId, id),
			})),
		},
		{
			title: "Open invitations",
			endAll: "Withdraw all",
			items: invitations.map(({ id, workspaceId, workspaceName, role, createdAt }) => ({
				createdAt,
				name: `Invitation as ${role === "admin" ? "an admin" : "a member"}`,
				detail: `to ${workspaceName}`,
				action: "Withdraw",
				end: () => withdrawInvitation(workspaceId, id),
			})),
		},
		{
			title: "Workspaces",
			endAll: "Leave all",
			warning:
				"Workspaces with no one else in them are deleted: all their keys stop working at once, including in running games.",
			items: workspaces.map(({ id, name, role, people, end }) => ({
				name,
				detail: `You are ${role === "member" ? "a member" : `an ${role}`} · ${people === 1 ? "no one else is in it" : `${people} people`}`,
				action: end === "delete" ? "Delete" : "Leave",
				...(end === "delete" && { warning: "All its keys stop working at once, including in running games." }),
				end: () => (end === "delete" ? deleteWorkspace(id, name) : removePerson(id, accountId, "keep")),
			})),
		},
	];
	return groups.filter(({ items }) => items.length > 0);
}
