import { statfsSync } from "node:fs";

/** Freed space counts once there is this much more than the floor, so that a disk at the floor does not flicker. */
const RECOVERY_SHARE = 1.25;
const LOOK_EVERY_MS = 5_000;
/** A change looks again if the last look was earlier. */
const STALE_AFTER_MS = 1_000;

/** Bytes that an ordinary user can still write to the folder's disk. */
export type FreeBytes = (folder: string) => number;

export interface DiskFloorOptions {
	folder: string;
	/** 0: no floor. */
	floorBytes: number;
	/** Default: asks the file system. */
	freeBytes?: FreeBytes | undefined;
	monotonic: () => number;
}

/**
 * Watches the free space on the database's disk. Below the floor only writes with a reserve go on, so that a disk that
 * fills up still lets games authenticate and people revoke keys and sign in.
 */
export function createDiskFloor({ folder, floorBytes, freeBytes = askFileSystem, monotonic }: DiskFloorOptions) {
	let free = NaN;
	let isLow = false;
	let lookedAt = -Infinity;
	let onChange = (): void => undefined;
	const timer = setInterval(look, LOOK_EVERY_MS).unref();

	function look(): void {
		lookedAt = monotonic();
		try {
			free = freeBytes(folder);
		} catch {
			// Not every file system tells. Writes fail by themselves when it is full.
			free = NaN;
		}
		const wasLow = isLow;
		isLow = free < floorBytes * (wasLow ? RECOVERY_SHARE : 1);
		if (isLow !== wasLow) onChange();
	}

	function refresh(): void {
		if (monotonic() - lookedAt > STALE_AFTER_MS) look();
	}

	return {
		/** True if only writes with a reserve may go on. */
		isLow(): boolean {
			refresh();
			return isLow;
		},
		/** NaN if unknown. */
		freeBytes(): number {
			refresh();
			return free;
		},
		/** Calls `listener` when the disk falls below the floor, or has recovered. */
		watch(listener: () => void): void {
			onChange = listener;
			look();
		},
		close: () => clearInterval(timer),
	};
}

export type DiskFloor = ReturnType<typeof createDiskFloor>;

function askFileSystem(folder: string): number {
	const { bavail, bsize } = statfsSync(folder);
	return bavail * bsize;
}
