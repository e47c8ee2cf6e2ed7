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

const MAX_CODE_POINTS = 50;

/**
 * To owners and admins. What people chose stands on lines of its own, cut and without anything that a mail program makes
 * a link of: the mail is the server's, whatever the names say.
 */
export function connectionMail({ to, publicUrl, ...of }: Connection & { to: string; publicUrl: string }): Mail {
	const comparison = of.isElsewhere
		? "It was requested from another network than the one it was approved\nfrom."
		: "The server cannot tell whether it was requested from the same network\nthat it was approved from.";
	const place = [quoted(of.placeName ?? "unnamed"), ...(of.placeId === null ? [] : [`place id ${of.placeId}`])];
	return {
		to,
		isAlert: true,
		subject: "A place was connected to your Auxvyn workspace",
		text: `Someone in a workspace you manage approved a key for a place in Roblox
Studio.
${comparison}

Workspace:       ${quoted(of.workspaceName)}
Approved by:     ${quoted(of.approver)}
Key:             ${quoted(of.label)}
Place:           ${place.join(", ")} (reported by Studio, not verified)
Requested from:  ${of.network ?? "an unknown network"}

The names are as people chose them, with brackets where a mail program
would see a link.

If someone on your team clicked Connect in Studio there, there is
nothing to do. If not, the person who clicked it has a key to this
workspace. Delete it here (the page exists a few seconds after the
approval):

${publicUrl}/workspaces/${of.workspaceId}/keys/${of.keyId}
`,
	};
}

/** Mail programs find addresses by a dot, a colon or an at sign within a word. IDNA has other full stops too. */
function quoted(name: string): string {
	const points = [...name];
	const cut = points.length > MAX_CODE_POINTS ? `${points.slice(0, MAX_CODE_POINTS).join("")}…` : name;
	return cut.replaceAll(/[.:@\u3002\uff0e\uff61\uff1a\uff20](?=\S)/gu, "[$&]");
}
