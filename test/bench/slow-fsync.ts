import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/**
 * An environment in which every fsync of a server takes 10 ms longer.
 * @throws Error if this machine has no C compiler or does not run Linux
 */
export async function slowFsync(folder: string): Promise<Record<string, string>> {
	const library = join(folder, "slow-fsync.so");
	const source = fileURLToPath(new URL("slow-fsync.c", import.meta.url));
	await promisify(execFile)("cc", ["-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"]);
	return { LD_PRELOAD: library };
}
