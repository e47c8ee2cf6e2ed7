import { accessSync, constants, statfsSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const SHARED_MEMORY = "/dev/shm";
/** In `statfs`, as the kernel's magic.h has it. */
const TMPFS = 0x01021994;
const BYTES_NEEDED = 2 * 1024 ** 3;

const parent = hasRoomInMemory() ? SHARED_MEMORY : tmpdir();

/**
 * A new folder for the data of a server in the test's own process: in memory where there is room, because a disk spends
 * longer on syncing than most tests take. Servers in processes of their own have theirs on the disk.
 */
export function dataFolder(): Promise<string> {
	return mkdtemp(join(parent, "auxvyn-test-"));
}

function hasRoomInMemory(): boolean {
	try {
		accessSync(SHARED_MEMORY, constants.W_OK);
		const { type, bavail, bsize } = statfsSync(SHARED_MEMORY);
		return type === TMPFS && bavail * bsize >= BYTES_NEEDED;
	} catch {
		return false;
	}
}
