import { parentPort, workerData } from "node:worker_threads";

import type { StoreList } from "../store-list.ts";
import { serve } from "./serve.ts";

/** The data that a storage thread is started with, by thread-start.js. */
export interface WorkerData {
	/** The URL of the module that lists the store functions. */
	stores: string;
	/** The process's folder, which its threads do not inherit. */
	compileCache: string | undefined;
}

const { stores: url } = workerData as WorkerData;
// oxlint-disable-next-line auxvyn/folder-order -- The caller says which list: tests have their own.
const { stores } = (await import(url)) as { stores: StoreList };
if (parentPort !== null) serve(parentPort, stores);
