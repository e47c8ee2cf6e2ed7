import { workerData } from "node:worker_threads";

import { openConnection } from "../storage/open-database.ts";
import { answerQuestions } from "../thread.ts";
import { checkWorkspace } from "./check-workspace.ts";
import type { Look } from "./finding.ts";

const BUSY_TIMEOUT_MS = 5_000;
const db = openConnection(String(workerData), BUSY_TIMEOUT_MS, true);

answerQuestions((look: Omit<Look, "db">) => checkWorkspace({ db, ...look }));
