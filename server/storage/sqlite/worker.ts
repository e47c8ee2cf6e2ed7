import { enableCompileCache } from "node:module";
import { parentPort, workerData } from "node:worker_threads";

import type { StoreList } from "../store-list.ts";

/** What a thread of storage is started with. */
export interface WorkerData {
	/** The address of the module that lists the store functions. */
	stores: string;
	/** Of the process, for its threads do not have it by themselves. */
	compileCache: string | undefined;
}

const { stores: url, compileCache } = workerData as WorkerData;
// Before what takes long to load: with it, a thread starts in half the time.
if (compileCache !== undefined) enableCompileCache(compileCache);
const { serve } = await import("./serve.ts");
const { stores } = (await import(url)) as { stores: StoreList };
if (parentPort !== null) serve(parentPort, stores);
