import type { Key, PersonRef } from "../../../shared/wire.ts";

/** The server's revocation reasons in plain words. Unknown ones are shown as they are. */
const REASONS: Record<string, string> = {
	deleted: "deleted here",
	replaced: "replaced by a new key",
	retired: "retired: no server needed it",
	holder: "by a client holding the key",
	unconfirmed: "not used in time",
	workspace_deleted: "workspace deleted",
	denied: "approval withdrawn",
	maker_left: "its creator left",
};

export function revokedReason(reason: string | null): string | undefined {
	return reason === null ? undefined : (REASONS[reason] ?? reason);
}

/** What happened to a revoked key, in a word. */
export function revokedVerb({ revokedReason: reason }: Key): "deleted" | "revoked" {
	return reason === "deleted" || reason === "replaced" ? "deleted" : "revoked";
}

/** The person who revoked it. Null for a retirement, which is the server's doing. */
export function revoker({ revokedReason: reason, revokedBy }: Key): PersonRef | null {
	return reason === "retired" ? null : revokedBy;
}

/** For a user who was working on the key when someone else revoked it. */
export function revokedText(key: Key): string {
	const person = revoker(key);
	return `${keyNamed(key)} was ${revokedVerb(key)}${person ? ` by ${person.name}` : ""}.`;
}

/** For the user who deleted it. */
export function deletedText(key: Key): string {
	return `${keyNamed(key)} was deleted.`;
}

/** A label is often its place's name: alone, it would read as if the place were meant. */
function keyNamed({ label }: Key): string {
	return `The key “${label}”`;
}
