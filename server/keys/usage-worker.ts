import { parentPort, workerData } from "node:worker_threads";

import { openConnection } from "../storage/open-database.ts";
import type { UsageEntry } from "./usage-entry.ts";

/** Off the main thread, waiting for a lock stops nobody. */
const BUSY_TIMEOUT_MS = 5_000;

const db = openConnection(String(workerData), BUSY_TIMEOUT_MS);
const count = db.prepare<UsageEntry>(`
	INSERT INTO key_usage (key_id, hour, accepted) SELECT id, :hour, :accepted FROM api_key WHERE id = :keyId
	ON CONFLICT (key_id, hour) DO UPDATE SET accepted = accepted + excluded.accepted`);
const touch = db.prepare<UsageEntry>(`
	UPDATE api_key SET
		last_used_at = max(coalesce(last_used_at, 0), :lastUsedAt),
		first_server_at = coalesce(first_server_at, :firstServerAt),
		last_server_at = coalesce(max(last_server_at, :lastServerAt), last_server_at, :lastServerAt)
	WHERE id = :keyId`);

const write = db.transaction((entries: UsageEntry[]) => {
	for (const entry of entries) {
		count.run(entry);
		touch.run(entry);
	}
});

/** Answers null once a batch is durable, or what went wrong. */
parentPort?.on("message", (entries: UsageEntry[]) => {
	try {
		write.immediate(entries);
		parentPort?.postMessage(null);
	} catch (error) {
		parentPort?.postMessage(error instanceof Error ? error.message : String(error));
	}
});
