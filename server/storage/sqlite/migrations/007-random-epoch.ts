import type Database from "better-sqlite3";

/** Layout of `key_last_hour`: the last written minute, then one counter for each minute of an hour, four bytes each. */
const MINUTES = 60;
const WORD_BYTES = 4;
const MINUTE_MS = 60_000;

/** Changes that invalidate cached keys: triggers renew the epoch in the same transaction. */
const RENEWED = [
	["a_key_is_revoked", "UPDATE OF revoked_at ON api_key WHEN OLD.revoked_at IS NOT NEW.revoked_at"],
	["a_key_is_renamed", "UPDATE OF label ON api_key WHEN OLD.label <> NEW.label"],
	["a_key_is_moved", "UPDATE OF workspace_id ON api_key WHEN OLD.workspace_id <> NEW.workspace_id"],
	["a_key_is_deleted", "DELETE ON api_key"],
	["a_workspace_is_renamed", "UPDATE OF name ON workspace WHEN OLD.name <> NEW.name"],
	["a_workspace_is_deleted", "UPDATE OF deleted_at ON workspace WHEN OLD.deleted_at IS NOT NEW.deleted_at"],
	["keys_go_with_their_maker", "INSERT ON revoked_maker"],
	["more_keys_go_with_their_maker", "UPDATE ON revoked_maker"],
] as const;

const renewals = RENEWED.map(
	([name, event]) => `CREATE TRIGGER epoch_is_renewed_when_${name} AFTER ${event} BEGIN
	UPDATE authentication_epoch SET value = randomblob(8);
END;`,
);

const BEFORE = `
DROP TRIGGER epoch_rises_when_a_key_changes;
DROP TRIGGER epoch_rises_when_a_key_is_deleted;
DROP TRIGGER epoch_rises_when_a_workspace_is_renamed;
DROP TRIGGER epoch_rises_when_a_workspace_is_deleted;
DROP TRIGGER epoch_rises_when_keys_go_with_their_maker;
DROP TABLE authentication_epoch;
CREATE TABLE authentication_epoch (
	id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
	-- Compared for equality only. As a number it would lose some of its 64 bits in JavaScript.
	value BLOB NOT NULL CHECK (length(value) = 8)
) STRICT;
INSERT INTO authentication_epoch (id, value) VALUES (1, randomblob(8));
${renewals.join("\n")}

-- By ten minutes, then by key: rows written together are stored together, and a key's hour is seven seeks.
CREATE TABLE key_minute (
	-- Minutes since 1970, divided by ten.
	span INTEGER NOT NULL,
	key_id TEXT NOT NULL,
	-- Minutes since 1970.
	minute INTEGER NOT NULL,
	accepted INTEGER NOT NULL,
	PRIMARY KEY (span, key_id, minute)
) STRICT, WITHOUT ROWID;
`;

const AFTER = `
DROP TABLE key_last_hour;

-- The transaction that creates an account now creates its workspace.
DROP TRIGGER account_gets_a_workspace;
`;

/**
 * A random epoch, which a restored backup does not repeat, and per-minute counts as rows, which two servers can add to.
 * Accounts get their workspace from the transaction that creates them.
 */
export function randomEpoch(db: Database.Database): void {
	db.exec(BEFORE);
	keepLastHour(db);
	db.exec(AFTER);
}

/** In code: SQL takes milliseconds to read one of these counters. */
function keepLastHour(db: Database.Database): void {
	const insert = db.prepare("INSERT INTO key_minute (span, key_id, minute, accepted) VALUES (?, ?, ?, ?)");
	const oldest = Math.floor(Date.now() / MINUTE_MS) - MINUTES;
	const counted = db
		.prepare<[], { id: string; minutes: Buffer }>("SELECT key_id AS id, minutes FROM key_last_hour")
		.all();
	for (const { id, minutes } of counted) {
		if (minutes.length !== (1 + MINUTES) * WORD_BYTES) continue;
		const latest = minutes.readUInt32LE(0);
		for (let minute = Math.max(latest - MINUTES + 1, oldest); minute <= latest; minute++) {
			const accepted = minutes.readUInt32LE((1 + (minute % MINUTES)) * WORD_BYTES);
			if (accepted > 0) insert.run(Math.floor(minute / 10), id, minute, accepted);
		}
	}
}
