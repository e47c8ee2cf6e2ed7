/** What may be made per day: of what stays, more than any person or team makes. */
export interface Quota {
	/** "new keys": completes "Too many … in a day". */
	what: string;
	/** By one account; undefined where nobody is signed in. */
	perAccount?: number;
	/** From one address; its networks get their shares of that (`http/networks.ts`). */
	perAddress: number;
}

export const QUOTAS = {
	keys: { what: "new keys", perAccount: 10_000, perAddress: 10_000 },
	workspaces: { what: "new workspaces", perAccount: 200, perAddress: 400 },
	invitations: { what: "new invitations", perAccount: 1_000, perAddress: 2_000 },
	backends: { what: "new backends", perAccount: 500, perAddress: 1_000 },
	/** Each is kept in a workspace's activity for over a year. */
	changes: { what: "changes", perAccount: 10_000, perAddress: 20_000 },
	accounts: { what: "new accounts", perAddress: 200 },
	pairings: { what: "new pairings", perAddress: 5_000 },
} as const satisfies Record<string, Quota>;

export type QuotaKind = keyof typeof QUOTAS;
