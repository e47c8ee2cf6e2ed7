import { statfsSync } from "node:fs";

/**
 * File systems on which processes do not share memory, which the write-ahead log needs (https://www.sqlite.org/wal.html,
 * "Overview"), or whose locks cannot be relied on. By the `f_type` of statfs(2), from Linux's
 * include/uapi/linux/magic.h.
 */
const UNSHARED: ReadonlyMap<number, string> = new Map([
	[0x6969, "NFS"],
	[0x517b, "SMB"],
	[0xff534d42, "SMB"],
	[0xfe534d42, "SMB"],
	[0x01021997, "9p"],
	// Also sshfs, virtiofs, and what Docker Desktop mounts of its host.
	[0x65735546, "FUSE"],
	[0x00c36400, "Ceph"],
	[0x5346414f, "AFS"],
	[0x6b414653, "AFS"],
]);

/** The kind of a file system on which SQLite's log does not work, or undefined. Only Linux is asked. */
export function unsharedFileSystem(folder: string, ask: AskFileSystem = statfsSync): string | undefined {
	if (process.platform !== "linux") return undefined;
	// 32 bits, which some platforms extend by their sign.
	return UNSHARED.get(ask(folder).type >>> 0);
}

type AskFileSystem = (folder: string) => { type: number };
