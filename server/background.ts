import { workerData } from "node:worker_threads";

import { createUsageWriter } from "./keys/usage-writer.ts";
import { openConnection } from "./storage/open-database.ts";
import { startSweeps } from "./sweeps.ts";
import { answerQuestions } from "./thread.ts";

/** Off the main thread, waiting for a lock stops nobody. */
const BUSY_TIMEOUT_MS = 5_000;

/** The thread that writes what no request waits for: counts as they are brought, and what time makes superfluous. */
const db = openConnection(String(workerData), BUSY_TIMEOUT_MS);
answerQuestions(createUsageWriter(db));
startSweeps(db);
