/** The reasons the server gives, as a person would say them; an unknown one is shown as it came. */
const REASONS: Record<string, string> = {
	deleted: "deleted here",
	replaced: "replaced by a new key",
	holder: "by a holder of the key",
	unconfirmed: "not used in time",
	workspace_deleted: "its workspace was deleted",
	denied: "pairing taken back",
	maker_left: "its maker left",
};

export function revokedReason(reason: string | null): string | undefined {
	return reason === null ? undefined : (REASONS[reason] ?? reason);
}
