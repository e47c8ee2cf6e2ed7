import { cp, mkdir, stat } from "node:fs/promises";
import path from "node:path";

import { copyRoot, networkOf, runIn, type Settings } from "../debian/root.ts";
import type { Stage, Step } from "./parse.ts";

export interface BuildOptions {
	/** A root that stands in for the base image. */
	base: string;
	/** What Docker would be sent. */
	context: string;
	/** Where the stages' roots are made. */
	folder: string;
	say: (line: string) => void;
}

export interface Built {
	root: string;
	settings: Settings;
	stage: Stage;
}

/** Does what the stages of a Dockerfile say, each in a copy of the base. Resolves to the last one. */
export async function buildStages(stages: Stage[], options: BuildOptions): Promise<Built> {
	const built = new Map<string, Built>();
	let last: Built | undefined;
	for (const [index, stage] of stages.entries()) {
		const root = path.join(options.folder, `stage-${index}`);
		await copyRoot(options.base, root);
		const isLast = index === stages.length - 1;
		// What this machine needs for its registries must not get into the image.
		const network = isLast ? {} : await networkOf(root);
		last = { root, stage, settings: { env: {}, folder: "/", user: "root" } };
		for (const step of stage.steps) await take(step, last, { ...options, built, network });
		if (stage.name !== undefined) built.set(stage.name, last);
	}
	if (last === undefined) throw new Error("The Dockerfile has no stage.");
	return last;
}

interface Surroundings extends BuildOptions {
	built: Map<string, Built>;
	network: Record<string, string>;
}

async function take(step: Step, { root, settings }: Built, around: Surroundings): Promise<void> {
	switch (step.does) {
		case "env":
			Object.assign(settings.env, step.values);
			break;
		case "user":
			settings.user = step.name;
			break;
		case "workdir":
			settings.folder = path.posix.resolve(settings.folder, step.path);
			await mkdir(path.join(root, settings.folder), { recursive: true });
			break;
		case "copy": {
			const from = step.from === undefined ? around.context : around.built.get(step.from)?.root;
			if (from === undefined) throw new Error(`COPY --from=${String(step.from)}: there is no such stage.`);
			await copy(step, from, path.join(root, path.posix.resolve(settings.folder, step.target)));
			break;
		}
		case "run": {
			around.say(`RUN ${step.command}`);
			const within = { ...settings, env: { ...settings.env, ...around.network } };
			const startedAt = performance.now();
			const { code, output } = await runIn(root, within, ["sh", "-c", step.command]);
			if (code !== 0) throw new Error(`RUN ${step.command} failed:\n${output.trim()}`);
			around.say(`  took ${Math.round((performance.now() - startedAt) / 1000)} s`);
			break;
		}
	}
}

/** Of a folder its contents are copied, not the folder itself. */
async function copy({ sources, target }: Step & { does: "copy" }, from: string, to: string): Promise<void> {
	for (const source of sources) {
		const file = path.join(from, source);
		const isNamedLikeIt = target.endsWith("/") && (await stat(file)).isFile();
		await cp(file, isNamedLikeIt ? path.join(to, source) : to, { recursive: true, verbatimSymlinks: true });
	}
}
