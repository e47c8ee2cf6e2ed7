import { type Numbered, type Withdrawal } from "../../withdrawals/withdrawal.ts";
import type { Session } from "../session.ts";

const PAGE = 5_000;
const SELECT = `SELECT number, what, id, workspace_id AS "workspaceId", detail, at FROM withdrawal`;

/** At most so many from `number` on, in order, which is that of the commits. */
export async function withdrawalsFrom(session: Session, number: number, limit = PAGE): Promise<Numbered[]> {
	const sql = `${SELECT} WHERE number >= $1 AND at IS NOT NULL ORDER BY number LIMIT $2`;
	return (await session.run<Numbered>(sql, [number, limit])).rows;
}

export async function allWithdrawals(session: Session): Promise<Numbered[]> {
	const all: Numbered[] = [];
	for (;;) {
		const page = await withdrawalsFrom(session, (all.at(-1)?.number ?? 0) + 1);
		all.push(...page);
		if (page.length < PAGE) return all;
	}
}

/** The installation's accounts, also those that were deleted: by these, its file of withdrawals is recognized. */
export async function accountsOf(session: Session, known: readonly Withdrawal[]): Promise<Set<string>> {
	const { rows } = await session.run<{ id: string }>(`SELECT id FROM "user"`);
	return new Set([...rows, ...known.filter(({ what }) => what === "account")].map(({ id }) => id));
}
