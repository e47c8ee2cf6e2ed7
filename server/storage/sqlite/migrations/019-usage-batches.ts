/** Batches of counts that were added, so that one whose answer was lost is added once. */
export const usageBatches = `
CREATE TABLE usage_batch (
	id TEXT NOT NULL PRIMARY KEY,
	at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX usage_batch_by_time ON usage_batch (at);
`;
