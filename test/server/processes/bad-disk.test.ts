import { spawnSync } from "node:child_process";
import { chmod, chown, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { startNode } from "../../tools/helper.ts";
import { bundledServer } from "../bundled-server.ts";
import { tempDir } from "../temp-dir.ts";

const REPOSITORY = fileURLToPath(new URL("../../..", import.meta.url));
const NOBODY = { uid: 65_534, gid: 65_534 };
const isRoot = process.getuid?.() === 0;
/** Mounts in a name space of its own, which Linux lets everyone do unless it is told not to. */
const UNSHARE = ["--mount", "--map-root-user"];
const canMount = spawnSync("unshare", [...UNSHARE, "mount", "-t", "tmpfs", "none", "/mnt"]).status === 0;
const canBeKeptOut =
	process.platform !== "win32" && (!isRoot || spawnSync(process.execPath, ["--version"], NOBODY).status === 0);

/** The one line of a start that must fail. */
async function refusal(dataDir: string, how: { node?: string[]; mount?: string; kept?: boolean } = {}) {
	const { node = [], mount, kept = false } = how;
	const command = [process.execPath, ...(kept ? [] : bundledServer()), ...node, "server/start.js"];
	const [program = "", ...args] =
		mount === undefined
			? command
			: ["unshare", ...UNSHARE, "sh", "-c", `mount -t tmpfs -o ${mount} none "$0" && exec "$@"`, dataDir, ...command];
	const { code, stdout, stderr } = await startNode(args, {
		node: program,
		cwd: REPOSITORY,
		env: { PATH: process.env["PATH"] ?? "", DATA_DIR: dataDir, LOG_LEVEL: "warn" },
		...(kept && isRoot && NOBODY),
	}).ended;
	expect(code).toBe(1);
	expect(stdout).toBe("");
	expect(stderr).toMatch(/^Cannot use .+\n$/);
	return stderr;
}

/** Has Node report a folder's file system as this kind. */
const onKind = (type: number) => [
	"--import",
	`data:text/javascript,import fs from "node:fs"; import { syncBuiltinESMExports } from "node:module"; const ask = fs.statfsSync; fs.statfsSync = (...given) => Object.assign(ask(...given), { type: ${type} }); syncBuiltinESMExports();`,
];

describe("npm start says in one line, and exits with 1, that DATA_DIR", () => {
	it.runIf(canMount)("is on a full disk", async () => {
		expect(await refusal(await tempDir(), { mount: "size=64k" })).toContain("the disk is full; free some space.");
	});

	it.runIf(canMount)("is on a read-only disk", async () => {
		expect(await refusal(await tempDir(), { mount: "ro" })).toContain(
			"is on a read-only disk; point DATA_DIR elsewhere",
		);
	});

	it.runIf(canBeKeptOut)("is another user's", async () => {
		const folder = await tempDir();
		await chmod(folder, isRoot ? 0o700 : 0o500);
		expect(await refusal(folder, { kept: true })).toContain("give this user write access");
	});

	it.runIf(isRoot && canBeKeptOut)("has another user's files", async () => {
		const folder = await tempDir();
		await chown(folder, NOBODY.uid, NOBODY.gid);
		await writeFile(join(folder, "auxvyn.db"), "", { mode: 0o600 });
		expect(await refusal(folder, { kept: true })).toContain("check that DATA_DIR is a folder this user can write to");
	});

	it.runIf(process.platform === "linux")(
		"is on a file system of a network, or of a virtual machine's host",
		async () => {
			const line = await refusal(await tempDir(), { node: onKind(0x65735546) });
			expect(line).toContain(
				"its folder is on FUSE, where processes cannot share SQLite's log; point DATA_DIR at a disk",
			);
		},
	);
});
