/** The reasons the server gives, as a person would say them; an unknown one is shown as it came. */
const REASONS: Record<string, string> = {
	deleted: "deleted in the dashboard",
	dashboard: "deleted in the dashboard",
	replaced: "replaced from Studio",
	reconnect: "replaced from Studio",
	denied: "denied after approval",
	unconfirmed: "never arrived in the place",
	holder: "given back by its holder",
};

export function revokedReason(reason: string | null): string | undefined {
	return reason === null ? undefined : (REASONS[reason] ?? reason);
}
