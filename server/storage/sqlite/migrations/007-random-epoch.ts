/**
 * A random epoch, which no restored backup repeats, and counts by minute as rows, which two servers can add to. What was
 * counted in the last hour is read out of `key_last_hour`: four bytes for the minute written last, then four for each of
 * sixty minutes, all little-endian.
 */
const MINUTES = 60;
const DIGITS = "'0123456789ABCDEF'";

const digitAt = (place: string) => `(instr(${DIGITS}, substr(hex(minutes), ${place}, 1)) - 1)`;
const byteAt = (offset: string) => `(16 * ${digitAt(`2 * (${offset}) + 1`)} + ${digitAt(`2 * (${offset}) + 2`)})`;
const wordAt = (offset: string) =>
	[0, 1, 2, 3].map((each) => `${byteAt(`${offset} + ${each}`)} * ${256 ** each}`).join(" + ");

/** What changes an answer about keys: triggers renew the epoch in the transaction that does it. */
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

export const randomEpoch = `
DROP TRIGGER epoch_rises_when_a_key_changes;
DROP TRIGGER epoch_rises_when_a_key_is_deleted;
DROP TRIGGER epoch_rises_when_a_workspace_is_renamed;
DROP TRIGGER epoch_rises_when_a_workspace_is_deleted;
DROP TRIGGER epoch_rises_when_keys_go_with_their_maker;
DROP TABLE authentication_epoch;
CREATE TABLE authentication_epoch (
	id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
	-- Compared for equality only. A number would lose some of its 64 bits on the way through JavaScript.
	value BLOB NOT NULL CHECK (length(value) = 8)
) STRICT;
INSERT INTO authentication_epoch (id, value) VALUES (1, randomblob(8));
${renewals.join("\n")}

-- Ten minutes together, and in them key by key: what is written together lies together, and a key's hour is seven seeks.
CREATE TABLE key_minute (
	-- Minutes since 1970, divided by ten.
	span INTEGER NOT NULL,
	key_id TEXT NOT NULL,
	-- Minutes since 1970.
	minute INTEGER NOT NULL,
	accepted INTEGER NOT NULL,
	PRIMARY KEY (span, key_id, minute)
) STRICT, WITHOUT ROWID;
INSERT INTO key_minute (span, key_id, minute, accepted)
WITH RECURSIVE ago (minutes_ago) AS (SELECT 0 UNION ALL SELECT minutes_ago + 1 FROM ago WHERE minutes_ago < ${MINUTES - 1}),
	counted AS (
		SELECT key_id, latest.minute - minutes_ago AS minute, latest.minutes
		FROM (SELECT key_id, minutes, ${wordAt("0")} AS minute FROM key_last_hour) AS latest CROSS JOIN ago
	),
	read AS (SELECT minute, key_id, ${wordAt(`4 * (1 + minute % ${MINUTES})`)} AS accepted FROM counted)
SELECT minute / 10, key_id, minute, accepted FROM read WHERE accepted > 0;
DROP TABLE key_last_hour;

-- The transaction that makes an account makes its workspace now.
DROP TRIGGER account_gets_a_workspace;
`;
