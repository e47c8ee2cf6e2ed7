import type { Mail } from "./mailer.ts";

/** An approval for a client that is not in the approver's network, as far as the server can tell. */
export interface Connection {
	workspaceId: string;
	workspaceName: string;
	approver: string;
	label: string;
	/** Where the key's page is once Studio has fetched the key. */
	keyId: string;
	/** As reported by Studio. */
	placeName: string | null;
	placeId: string | null;
	/** Null if it is not known. */
	network: string | null;
	/** False if the networks cannot be compared. */
	isElsewhere: boolean;
}

/** To owners and admins. */
export function connectionMail({ to, publicUrl, ...of }: Connection & { to: string; publicUrl: string }): Mail {
	const comparison = of.isElsewhere
		? "It was requested from another network than the one it was approved\nfrom."
		: "The server cannot tell whether it was requested from the same network\nthat it was approved from.";
	const place = [of.placeName ?? "unnamed", ...(of.placeId === null ? [] : [`place id ${of.placeId}`])].join(", ");
	return {
		to,
		subject: `${of.approver} connected a place to ${of.workspaceName}`,
		text: `${of.approver} approved a key for a place in Roblox Studio.
${comparison}

Workspace:       ${of.workspaceName}
Key:             ${of.label}
Place:           ${place} (reported by Studio, not verified)
Requested from:  ${of.network ?? "an unknown network"}

If somebody in your team clicked Connect in Studio there, all is well.
If not, whoever sent the code has a key to this workspace now. Delete it
here, a few seconds after the approval:

${publicUrl}/workspaces/${of.workspaceId}/keys/${of.keyId}
`,
	};
}
