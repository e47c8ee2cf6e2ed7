import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";

import { home } from "./cache-folder.ts";
import { executableName, findExecutables, pathOf, versionOf } from "./executables.ts";
import type { Pin } from "./pins.ts";
import { elapsed, type Reporter } from "./reporter.ts";
import { runProcess } from "./run-process.ts";

/** The minimum Rust version for the pinned tools. */
export const RUST_NEEDED = "1.88";

/** Optimizing would add two minutes of build time on two cores to tools that run for seconds. */
const PROFILE = {
	CARGO_PROFILE_RELEASE_OPT_LEVEL: "0",
	CARGO_PROFILE_RELEASE_LTO: "off",
	CARGO_PROFILE_RELEASE_CODEGEN_UNITS: "16",
	// Lune reads its own file whenever it starts.
	CARGO_PROFILE_RELEASE_STRIP: "symbols",
};

const level = (of: string, optLevel: number): string[] => ["--config", `profile.release.${of}opt-level=${optLevel}`];

const EXTRA_ARGUMENTS = {
	rojo: [],
	// The tests start it hundreds of times. `mlua-sys` has the Luau interpreter.
	lune: [...level("", 1), ...level("package.mlua-sys.", 2)],
	"luau-check": [],
};

/**
 * Builds the pinned version, from crates.io or from its source here, into `folder`, which is created only once the build has succeeded. Throws with
 * the reason if it fails. Resumes an interrupted build. Not safe for concurrent use of one folder.
 */
export async function installWithCargo(
	pin: Pin,
	folder: string,
	env: NodeJS.ProcessEnv,
	reporter: Reporter,
): Promise<string> {
	const cargoBin = path.join(env.CARGO_HOME ?? path.join(home(env), ".cargo"), "bin");
	const [cargo] = await findExecutables("cargo", env, [cargoBin]);
	if (cargo === undefined) throw new Error("cargo is not installed");

	const work = path.join(path.dirname(folder), `.${path.basename(folder)}.building`);
	const root = path.join(work, "root");
	await rm(root, { recursive: true, force: true });
	await mkdir(work, { recursive: true });

	const progress = reportProgress(`${pin.name} ${pin.version}`, reporter);
	const { code, signal, output } = await runProcess(
		cargo,
		[
			...["install", "--locked", "--root", root, "--target-dir", path.join(work, "target")],
			...EXTRA_ARGUMENTS[pin.name],
			...("folder" in pin ? ["--path", pin.folder] : [`${pin.name}@${pin.version}`]),
		],
		{
			cwd: work,
			env: {
				...env,
				...PROFILE,
				PATH: [pathOf(env), cargoBin].join(path.delimiter),
				CARGO_TERM_COLOR: "never",
				CARGO_TERM_PROGRESS_WHEN: "always",
				CARGO_TERM_PROGRESS_WIDTH: "100",
			},
			onLine: progress.onLine,
		},
	).finally(progress.stop);
	if (code !== 0) throw new Error(explain(output, signal));

	const built = path.join("bin", executableName(pin.name));
	const version = await versionOf(path.join(root, built), work, env);
	if (version !== pin.version) {
		throw new Error(`cargo install succeeded, but ${pin.name} --version reports ${version ?? "nothing"}`);
	}
	await rm(folder, { recursive: true, force: true });
	await rename(root, folder);
	await rm(work, { recursive: true, force: true });
	reporter.line(`${pin.name} ${pin.version}: built in ${progress.elapsed()}, stored in ${folder}`);
	return path.join(folder, built);
}

function reportProgress(what: string, reporter: Reporter) {
	const startedAt = performance.now();
	let stage = "contacting crates.io";
	const show = () => reporter.status(`${what}: ${stage}, ${elapsed(startedAt)}`);
	const timer = setInterval(show, 1_000);
	reporter.line(`${what}: building it from crates.io, once for this machine (a few minutes)`);
	return {
		onLine: (line: string) => {
			const before = stage;
			const counted = /Building \[[^\]]*\] (\d+)\/(\d+)/.exec(line);
			if (counted) stage = `${counted[1]} of ${counted[2]} crates compiled`;
			else if (/^\s*Download(ed|ing)\b/.test(line)) stage = "downloading crates";
			if (stage !== before) show();
		},
		stop: () => clearInterval(timer),
		elapsed: () => elapsed(startedAt),
	};
}

const CAUSES: [pattern: RegExp, cause: string][] = [
	[
		/requires rustc|edition2024|is not supported by the following package/,
		`this Rust is too old: ${RUST_NEEDED} or newer is needed`,
	],
	[/linker `?\S+`? not found|failed to find tool|is `c(c|\+\+)` installed/i, "a C and C++ compiler is missing"],
	[/No space left on device|os error 28/, "the disk is full"],
	[
		/failed to (download|fetch|query)|(could not|couldn't|failed to) (resolve|connect)|spurious network error|timed? ?out|SSL/i,
		"crates.io cannot be reached",
	],
];

function explain(output: string, signal: NodeJS.Signals | null): string {
	if (signal !== null) return `cargo install was killed by ${signal}`;
	const lines = output
		.split(/[\r\n]+/)
		.filter((line) => line.trim() !== "" && !/^\s+(Compil|Build|Download)/.test(line));
	const cause = CAUSES.find(([pattern]) => pattern.test(output))?.[1] ?? "cargo install failed";
	return `${cause}; cargo said:\n${lines.slice(-8).join("\n")}`;
}
