/** Who signed in from where, so that floods of others do not keep them out, and what was used of the daily quotas. */
export const fairness = `
CREATE TABLE known_network (
	account_id TEXT NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
	-- An IPv4 address, or an IPv6 /56.
	network TEXT NOT NULL,
	seen_at INTEGER NOT NULL,
	PRIMARY KEY (account_id, network)
) STRICT, WITHOUT ROWID;
CREATE INDEX known_network_by_network ON known_network (network);
CREATE INDEX known_network_by_age ON known_network (seen_at);

-- The wider networks of started_from. Null in pairings from before.
ALTER TABLE pairing ADD COLUMN wide_network TEXT;
ALTER TABLE pairing ADD COLUMN widest_network TEXT;
-- 1: someone signed in from that network before, or the client proved to hold a key.
ALTER TABLE pairing ADD COLUMN from_known INTEGER NOT NULL DEFAULT 0 CHECK (from_known IN (0, 1));
-- Those that may be dropped to make room for others.
CREATE INDEX pairing_unclaimed ON pairing (from_known, widest_network, wide_network, started_from, created_at)
WHERE status = 'pending' AND claimed_by IS NULL;
CREATE INDEX pairing_unclaimed_by_age ON pairing (from_known, created_at)
WHERE status = 'pending' AND claimed_by IS NULL;
CREATE INDEX pairing_claimed ON pairing (claimed_by, created_at) WHERE status = 'pending' AND claimed_by IS NOT NULL;

ALTER TABLE wrong_user_code ADD COLUMN wide_network TEXT;
ALTER TABLE wrong_user_code ADD COLUMN widest_network TEXT;
CREATE INDEX wrong_user_code_by_wide_network ON wrong_user_code (wide_network, at);
CREATE INDEX wrong_user_code_by_widest_network ON wrong_user_code (widest_network, at);

CREATE TABLE daily_use (
	-- Days since 1970.
	day INTEGER NOT NULL,
	-- What was made: a kind in quotas/quotas.ts.
	kind TEXT NOT NULL,
	-- An account's id, or a network.
	user TEXT NOT NULL,
	used INTEGER NOT NULL,
	PRIMARY KEY (day, kind, user)
) STRICT, WITHOUT ROWID;
`;
