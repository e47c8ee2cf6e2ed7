import { createHash } from "node:crypto";
import { mkdir, readFile, rename } from "node:fs/promises";
import path from "node:path";

import { create } from "tar";

import { REPOSITORY } from "../plugin/build/repository.ts";
import { runProcess } from "../plugin/build/run-process.ts";
import { buildDashboard } from "../server/dashboard/build.ts";

/** Why there is no release, and what to do. */
export class ReleaseError extends Error {}

export interface Release {
	archive: string;
	/** Of the archive, as `sha256sum` prints it. */
	sha256: string;
}

export interface PackOptions {
	/** Where the archive goes. */
	folder: string;
	/** Packs the files as they are, committed or not. Only for tests. */
	uncommitted?: boolean;
}

/**
 * Packs what git knows of this checkout, and the built dashboard, as `auxvyn-VERSION.tar.gz`. Packing a commit again makes
 * the same archive. It appears complete: an interrupted run leaves `….part`, which the next one overwrites.
 * @throws ReleaseError if there are uncommitted changes
 * @throws DashboardError if the dashboard cannot be built
 */
export async function packRelease({ folder, uncommitted = false }: PackOptions): Promise<Release> {
	const changes = await git("status", "--porcelain");
	if (changes !== "" && !uncommitted)
		throw new ReleaseError(
			`A release is what is committed. Commit or undo these changes, then pack again:\n${changes}`,
		);
	const { version } = JSON.parse(await readFile(path.join(REPOSITORY, "package.json"), "utf8")) as { version: string };
	const dashboard = path.relative(REPOSITORY, await buildDashboard());
	const files = (await git("ls-files")).split("\n");
	const seconds = Number(await git("log", "-1", "--format=%ct"));

	await mkdir(folder, { recursive: true });
	const archive = path.join(folder, `auxvyn-${version}.tar.gz`);
	const unfinished = `${archive}.part`;
	await create(
		{
			cwd: REPOSITORY,
			file: unfinished,
			gzip: { level: 9 },
			prefix: `auxvyn-${version}`,
			// Neither the packer's users nor times: both would differ from machine to machine.
			portable: true,
			mtime: new Date(seconds * 1000),
		},
		[...files, dashboard],
	);
	const sha256 = createHash("sha256")
		.update(await readFile(unfinished))
		.digest("hex");
	await rename(unfinished, archive);
	return { archive, sha256 };
}

async function git(...args: string[]): Promise<string> {
	const { code, output } = await runProcess("git", args, { cwd: REPOSITORY });
	if (code !== 0)
		throw new ReleaseError(`A release is packed from a clone, but git ${args[0]} failed: ${output.trim()}`);
	return output.trimEnd();
}
