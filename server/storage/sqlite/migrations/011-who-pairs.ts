/** Who started a pairing and who polls it, and the key that its client proved to hold. */
export const whoPairs = `
-- As the server computes a client's address: IPv4, or an IPv6 /64. Agents are printable ASCII.
ALTER TABLE pairing ADD COLUMN started_from TEXT;
ALTER TABLE pairing ADD COLUMN started_agent TEXT;
ALTER TABLE pairing ADD COLUMN polled_from TEXT;
ALTER TABLE pairing ADD COLUMN polled_agent TEXT;
-- 1: an untrusted proxy forwarded the start or a poll, so the addresses may be the proxy's.
ALTER TABLE pairing ADD COLUMN forwarded INTEGER NOT NULL DEFAULT 0 CHECK (forwarded IN (0, 1));
-- The active key that came with the start. Unlike reported_key_id it is no claim, and only such a key can be revoked by its
-- pairing: approvals from before now keep the old one.
UPDATE pairing SET previous_key_fate = 'keep' WHERE previous_key_fate = 'revoke';
ALTER TABLE pairing ADD COLUMN proven_key_id TEXT
	CHECK (proven_key_id IS NOT NULL OR previous_key_fate IS NULL OR previous_key_fate = 'keep');
`;
