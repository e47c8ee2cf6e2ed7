import { parentPort, workerData } from "node:worker_threads";

import type { StoreList } from "../store-list.ts";
import { serve } from "./serve.ts";

/** A thread of storage. `workerData` is the address of the module that lists the store functions. */
const { stores } = (await import(String(workerData))) as { stores: StoreList };
if (parentPort !== null) serve(parentPort, stores);
