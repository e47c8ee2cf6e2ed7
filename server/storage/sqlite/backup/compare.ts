import type { SqliteDatabase } from "../open-database.ts";

export function accountsOf(db: SqliteDatabase): Set<string> {
	return new Set(db.prepare<[], string>(`SELECT id FROM "user"`).pluck().all());
}

/** Whether a database is of the installation with these accounts: it has one of them, or has deleted one. */
export function isRelated(db: SqliteDatabase, accounts: ReadonlySet<string>): boolean {
	const isKnown = [
		db.prepare<[string]>(`SELECT 1 FROM "user" WHERE id = ?`),
		tryAll(() => db.prepare<[string]>("SELECT 1 FROM withdrawal WHERE what = 'account' AND id = ?")),
	];
	// Without an account there is nothing that could come back.
	return accounts.size === 0 || [...accounts].some((id) => isKnown.some((query) => query?.get(id) !== undefined));
}

/** Takes over from the replaced database which keys were used for the first time since; revokes those that never were. */
export function settleUnsealedKeys(db: SqliteDatabase, replaced: SqliteDatabase | undefined, now: number): void {
	const unsealed = db
		.prepare<[], string>("SELECT id FROM api_key WHERE sealed_at IS NULL AND revoked_at IS NULL")
		.pluck()
		.all();
	const sealedSince = tryAll(() =>
		replaced?.prepare<[string], number>("SELECT sealed_at FROM api_key WHERE id = ?").pluck(),
	);
	const seal = db.prepare("UPDATE api_key SET sealed_at = ? WHERE id = ?");
	const revoke = db.prepare("UPDATE api_key SET revoked_at = ?, revoked_reason = 'unconfirmed' WHERE id = ?");
	for (const id of unsealed) {
		const sealedAt = tryAll(() => sealedSince?.get(id)) ?? undefined;
		if (sealedAt === undefined) revoke.run(now, id);
		else seal.run(sealedAt, id);
	}
}

/** Active keys of the replaced database that the restored one does not have, one line each. Undefined if it cannot be read. */
export function keysMadeSince(db: SqliteDatabase, replaced: SqliteDatabase | undefined): string[] | undefined {
	const exists = db.prepare("SELECT 1 FROM api_key WHERE id = ?");
	return tryAll(() =>
		replaced
			?.prepare<[], { id: string; text: string }>(
				`SELECT k.id, k.label || ' …' || k.hint || ' in ' || w.name AS text
				FROM api_key AS k JOIN workspace AS w ON w.id = k.workspace_id
				WHERE k.revoked_at IS NULL AND w.deleted_at IS NULL ORDER BY k.created_at, k.id`,
			)
			.all()
			.filter(({ id }) => exists.get(id) === undefined)
			.map(({ text }) => text),
	);
}

/**
 * Accounts whose password in the restored database is older than in the replaced one, and may be known to others, one line
 * each. Undefined if the replaced one cannot be read.
 */
export function olderPasswords(db: SqliteDatabase, replaced: SqliteDatabase | undefined): string[] | undefined {
	const newer = tryAll(() =>
		replaced
			?.prepare<[], [accountId: string, hash: string, changedAt: string]>(
				`SELECT "userId", "password", "updatedAt" FROM "account" WHERE "password" IS NOT NULL`,
			)
			.raw()
			.all(),
	);
	const older = db
		.prepare<[string, string, string], string>(
			`SELECT u."name" || ' <' || u."email" || '>' FROM "user" AS u JOIN "account" AS a ON a."userId" = u."id"
			WHERE u."id" = ? AND a."password" <> ? AND a."updatedAt" < ?`,
		)
		.pluck();
	return newer?.flatMap((account) => older.get(...account) ?? []).sort();
}

/** Workspaces that only people owned who are gone, by name. */
export function withoutOwner(db: SqliteDatabase): string[] {
	return db
		.prepare<[], string>(
			`SELECT name FROM workspace AS w WHERE deleted_at IS NULL
			AND NOT EXISTS (SELECT 1 FROM member AS m WHERE m.workspace_id = w.id AND m.role = 'owner') ORDER BY name`,
		)
		.pluck()
		.all();
}

export function latestTime(db: SqliteDatabase | undefined): number {
	return tryAll(() => db?.prepare<[], number>("SELECT latest FROM clock").pluck().get()) ?? 0;
}

/** For the replaced database, which may be damaged or of any version. */
function tryAll<T>(read: () => T | undefined): T | undefined {
	try {
		return read();
	} catch {
		return undefined;
	}
}
