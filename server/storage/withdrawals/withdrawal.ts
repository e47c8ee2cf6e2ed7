/** In the order in which they are applied again: what a later one removes, an earlier one must not need. */
export const KINDS = ["key", "maker", "backend", "role", "member", "workspace", "account"] as const;

/** Why a single key can be revoked. */
export const KEY_REASONS: readonly unknown[] = [
	"deleted",
	"replaced",
	"retired",
	"holder",
	"unconfirmed",
	"maker_left",
	"denied",
];

/** Something that was taken back for good: a restored backup must not bring it back. */
export interface Withdrawal {
	what: (typeof KINDS)[number];
	/** Of the key, backend or workspace; of the account for the others. */
	id: string;
	workspaceId: string | null;
	/** The reason for a key, the new role for a role. */
	detail: string | null;
	/** In milliseconds. */
	at: number;
}

/** The same for two records of one withdrawal. */
export function identityOf({ what, id, workspaceId, at }: Withdrawal): string {
	return JSON.stringify([what, id, what === "key" ? null : workspaceId, at]);
}

export interface Numbered extends Withdrawal {
	number: number;
}
