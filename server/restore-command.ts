import { parseArgs } from "node:util";

import { CommandError, type Files, runFileCommand, shownTime } from "./command.ts";
import type { Config } from "./config.ts";
import { type Settled, settleRestored } from "./storage/postgres/withdrawals/settle.ts";
import { restoreBackup, type Restored } from "./storage/sqlite/backup/restore.ts";
import { DOWNTIME_MS } from "./storage/timekeeper.ts";
import { withdrawalsPath } from "./storage/withdrawals/withdrawals-file.ts";

/** `npm run restore -- FILE`; with DATABASE_URL, after a restore by PostgreSQL's own tools, without FILE. */
const USAGE =
	"Give the backup to restore: npm run restore -- /path/to/auxvyn-backup.db, and optionally --withdrawals FILE or --as-backed-up";
const USAGE_POSTGRES =
	"DATABASE_URL is set, so first restore by PostgreSQL's own tools, see docs/postgres.md; then npm run restore -- --withdrawals FILE, or --as-backed-up";

const AS_BACKED_UP =
	"As backed up: whatever was revoked, deleted or removed after the backup is back. Revoke again what must not be used.";

const restore = async ({ database, config, resolve }: Files): Promise<string> => {
	const { backup, asBackedUp, files } = readArguments(config);
	const now = Date.now();
	if (backup === undefined) {
		const own = withdrawalsPath(database);
		const settled = await settleRestored({
			url: config.databaseUrl ?? "",
			own,
			files: files.map(resolve),
			asBackedUp,
			now,
		});
		return reportSettled(settled, asBackedUp).join("\n");
	}
	const restored = restoreBackup({
		database,
		backup: resolve(backup),
		asBackedUp,
		files: files.map(resolve),
		now,
	});
	return report(restored, { database, asBackedUp, now }).join("\n");
};

await runFileCommand(restore, { needsDatabase: false, onPostgres: null });

/** `backup` is undefined where the database is PostgreSQL's. */
function readArguments({ databaseUrl }: Config): { backup: string | undefined; asBackedUp: boolean; files: string[] } {
	const usage = databaseUrl === undefined ? USAGE : USAGE_POSTGRES;
	try {
		const { values, positionals } = parseArgs({
			allowPositionals: true,
			options: { "as-backed-up": { type: "boolean", default: false }, withdrawals: { type: "string", multiple: true } },
		});
		const [backup, ...more] = positionals;
		if ((backup === undefined) !== (databaseUrl !== undefined) || more.length > 0) throw new CommandError(usage);
		return { backup, asBackedUp: values["as-backed-up"], files: values.withdrawals ?? [] };
	} catch {
		throw new CommandError(usage);
	}
}

function reportSettled(settled: Settled, asBackedUp: boolean): string[] {
	const { restoredTo, files, withdrawn, latest, withoutOwner, warnings } = settled;
	const known = latest === undefined ? "no withdrawal" : `withdrawals until ${shownTime(latest)}`;
	return [
		`The last change in the database is from ${shownTime(restoredTo)}. Everyone has to sign in again; pairings, invitations, reset and set-up links have ended.`,
		...warnings,
		...(asBackedUp
			? [AS_BACKED_UP]
			: [
					...listed("Files of withdrawals that were read", files),
					...listed("Withdrawn after that, and again now", withdrawn),
					`The files have ${known}. If anything was revoked later, it works again: revoke it once more.`,
				]),
		"Keys created after that are not in it, and passwords are those of that time.",
		...listed("Workspaces that have no owner now", withoutOwner),
		"Start the servers again.",
	];
}

function report(
	restored: Restored,
	{ database, asBackedUp, now }: { database: string; asBackedUp: boolean; now: number },
) {
	const { backedUpAt, replaced, known, withdrawn, keysMadeSince, olderPasswords, withoutOwner } = restored;
	const lines = [
		`Restored ${database}, whose last change is from ${shownTime(backedUpAt)}. Everyone has to sign in again; pairings, invitations, reset and set-up links have ended.`,
	];
	if (replaced !== undefined) lines.push(`The replaced database is now ${replaced}.`);
	lines.push(...known.warnings);
	if (asBackedUp) {
		lines.push(AS_BACKED_UP);
	} else {
		lines.push(...listed("Withdrawn after the backup, and again now", withdrawn));
		if (known.until !== undefined) {
			lines.push(
				`Withdrawals are known until ${shownTime(known.until)}. If anything was revoked later, it works again: revoke it once more.`,
			);
		}
	}
	if (keysMadeSince === undefined) {
		lines.push(
			`Keys created after the backup are not in it, and cannot be listed${replaced === undefined ? "" : ": the replaced database cannot be read"}.`,
		);
	} else {
		lines.push(...listed("Active keys created after the backup, which do not work any more", keysMadeSince));
	}
	if (olderPasswords === undefined) {
		lines.push("Passwords are those of the backup, also of accounts that changed theirs since.");
	} else {
		lines.push(
			...listed("Accounts that changed their password after the backup, and have the older one again", olderPasswords),
		);
		if (olderPasswords.length > 0) {
			lines.push(
				"Give each of them a link to a new one, in case the older one is known to others: npm run reset-password -- E-MAIL",
			);
		}
	}
	lines.push(...listed("Workspaces that have no owner now", withoutOwner));
	if (now - backedUpAt > DOWNTIME_MS && replaced === undefined) {
		lines.push(
			"The backup is more than 30 days old: if this machine's clock is right, run npm run trust-clock -- --yes.",
		);
	}
	return [...lines, "Start the server again."];
}

function listed(title: string, lines: readonly string[]): string[] {
	return lines.length === 0 ? [`${title}: none.`] : [`${title}: ${lines.length}`, ...lines.map((line) => `  ${line}`)];
}
