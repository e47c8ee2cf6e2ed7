import { tmpdir } from "node:os";

import { describe, expect, it } from "vitest";

import { unsharedFileSystem } from "../../../server/storage/sqlite/local-disk.ts";

describe.runIf(process.platform === "linux")("SQLite's log", () => {
	it.each([
		["NFS", 0x6969],
		["SMB", 0x517b],
		["SMB", 0xff534d42],
		["SMB", 0xfe534d42],
		// Extended by its sign, as 32 bits may be.
		["SMB", 0xfe534d42 - 2 ** 32],
		["9p", 0x01021997],
		["FUSE", 0x65735546],
		["Ceph", 0x00c36400],
		["AFS", 0x5346414f],
		["AFS", 0x6b414653],
		// ext4, tmpfs, and Docker's overlay.
		[undefined, 0xef53],
		[undefined, 0x01021994],
		[undefined, 0x794c7630],
	])("is refused on %s", (kind, type) => {
		expect(unsharedFileSystem("/data", () => ({ type }))).toBe(kind);
	});

	it("is accepted where the tests run", () => {
		expect(unsharedFileSystem(tmpdir())).toBeUndefined();
	});
});
