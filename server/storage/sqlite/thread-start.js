import { enableCompileCache } from "node:module";
import { workerData } from "node:worker_threads";

// Plain JavaScript: to strip the types of this file, Node would load its TypeScript compiler in every thread. Those of the
// others are in the cache, which also halves the time a thread takes to start.
if (workerData.compileCache !== undefined) enableCompileCache(workerData.compileCache);
await import("./worker.ts");
