import type { Key } from "../../../shared/wire.ts";

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

/** What was done to a key that works no more, in a word. */
export function endedVerb({ revokedReason: reason }: Key): "deleted" | "revoked" {
	return reason === "deleted" || reason === "replaced" ? "deleted" : "revoked";
}

/** For whoever was busy with the key when somebody else ended it. */
export function endedWords(key: Key): string {
	return `${key.label} was ${endedVerb(key)}${key.revokedBy ? ` by ${key.revokedBy.name}` : ""}.`;
}
