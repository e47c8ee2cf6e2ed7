import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

// One of several processes, started by main.ts, which has read .env: all have the same settings, whenever they start.
enableCompileCache(fileURLToPath(new URL("../build/compile-cache", import.meta.url)));
await import("./worker.ts");
