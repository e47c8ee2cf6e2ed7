import { enableCompileCache } from "node:module";
import { parentPort, workerData } from "node:worker_threads";

import type { StoreList } from "../store-list.ts";

/** The data that a storage thread is started with. */
export interface WorkerData {
	/** The URL of the module that lists the store functions. */
	stores: string;
	/** The process's folder, which its threads do not inherit. */
	compileCache: string | undefined;
}

const { stores: url, compileCache } = workerData as WorkerData;
// Before the slow imports: it halves the time a thread takes to start.
if (compileCache !== undefined) enableCompileCache(compileCache);
const { serve } = await import("./serve.ts");
// oxlint-disable-next-line auxvyn/folder-order -- The caller says which list: tests have their own.
const { stores } = (await import(url)) as { stores: StoreList };
if (parentPort !== null) serve(parentPort, stores);
