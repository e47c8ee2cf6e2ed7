/** What can be known of withdrawals from before they were recorded. */
export const EARLIER_WITHDRAWALS = `
	SELECT 'key' AS what, id, workspace_id, revoked_reason AS detail, revoked_at AS at FROM api_key
	WHERE revoked_at IS NOT NULL
	UNION ALL SELECT 'maker', maker_id, workspace_id, NULL, at FROM revoked_maker
	UNION ALL SELECT 'workspace', id, NULL, NULL, deleted_at FROM workspace WHERE deleted_at IS NOT NULL
	UNION ALL SELECT 'member', person_id, workspace_id, NULL, max(at) FROM activity
	WHERE kind IN ('person.removed', 'person.left') AND person_id IS NOT NULL GROUP BY person_id, workspace_id`;

/** SQL's rank of a role. */
const rank = (role: string) => `CASE ${role} WHEN 'owner' THEN 2 WHEN 'admin' THEN 1 ELSE 0 END`;

/** What was withdrawn, so that restoring an older backup does not give it back, and when a backup was restored. */
export const withdrawals = `
-- In the order of their commits. Also appended to a file beside the database, which outlives it.
CREATE TABLE withdrawal (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	what TEXT NOT NULL CHECK (what IN ('key', 'maker', 'backend', 'member', 'role', 'workspace', 'account')),
	-- Of the key, backend or workspace; of the account for the others.
	id TEXT NOT NULL,
	workspace_id TEXT,
	-- The reason for a key, the new role for a role.
	detail TEXT,
	-- Null within the transaction.
	at INTEGER
) STRICT;
CREATE INDEX withdrawal_without_time ON withdrawal (number) WHERE at IS NULL;
-- Up to which number the file has them.
CREATE TABLE withdrawal_mark (
	id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
	number INTEGER NOT NULL
) STRICT;
INSERT INTO withdrawal_mark (id, number) VALUES (1, 0);
CREATE TABLE restoration (
	at INTEGER NOT NULL,
	-- The latest time stored in the backup.
	backed_up_at INTEGER NOT NULL,
	-- 1: later withdrawals were not applied again.
	as_backed_up INTEGER NOT NULL CHECK (as_backed_up IN (0, 1))
) STRICT;
INSERT INTO withdrawal (what, id, workspace_id, detail, at) ${EARLIER_WITHDRAWALS} ORDER BY at;

CREATE TRIGGER revoking_a_key_is_a_withdrawal AFTER UPDATE OF revoked_at ON api_key
-- Keys that end with their workspace or their maker are covered by its row.
WHEN OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL AND NEW.revoked_reason IS NOT 'workspace_deleted'
AND NOT EXISTS (
	SELECT 1 FROM revoked_maker AS m
	WHERE m.workspace_id = NEW.workspace_id AND m.maker_id = NEW.created_by AND m.at >= NEW.created_at
) BEGIN
	INSERT INTO withdrawal (what, id, workspace_id, detail, at)
	VALUES ('key', NEW.id, NEW.workspace_id, NEW.revoked_reason, NEW.revoked_at);
END;
CREATE TRIGGER revoking_a_makers_keys_is_a_withdrawal AFTER INSERT ON revoked_maker BEGIN
	INSERT INTO withdrawal (what, id, workspace_id, at) VALUES ('maker', NEW.maker_id, NEW.workspace_id, NEW.at);
END;
CREATE TRIGGER revoking_more_of_a_makers_keys_is_a_withdrawal AFTER UPDATE ON revoked_maker BEGIN
	INSERT INTO withdrawal (what, id, workspace_id, at) VALUES ('maker', NEW.maker_id, NEW.workspace_id, NEW.at);
END;
CREATE TRIGGER deleting_a_backend_is_a_withdrawal AFTER DELETE ON backend BEGIN
	INSERT INTO withdrawal (what, id, workspace_id) VALUES ('backend', OLD.id, OLD.workspace_id);
END;
CREATE TRIGGER ending_a_membership_is_a_withdrawal AFTER DELETE ON member BEGIN
	INSERT INTO withdrawal (what, id, workspace_id) VALUES ('member', OLD.account_id, OLD.workspace_id);
END;
CREATE TRIGGER lowering_a_role_is_a_withdrawal AFTER UPDATE OF role ON member
WHEN ${rank("NEW.role")} < ${rank("OLD.role")} BEGIN
	INSERT INTO withdrawal (what, id, workspace_id, detail) VALUES ('role', NEW.account_id, NEW.workspace_id, NEW.role);
END;
CREATE TRIGGER deleting_a_workspace_is_a_withdrawal AFTER UPDATE OF deleted_at ON workspace
WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL BEGIN
	INSERT INTO withdrawal (what, id, at) VALUES ('workspace', NEW.id, NEW.deleted_at);
END;
CREATE TRIGGER deleting_an_account_is_a_withdrawal AFTER DELETE ON "user" BEGIN
	INSERT INTO withdrawal (what, id) VALUES ('account', OLD.id);
END;
`;
