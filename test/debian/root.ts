import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, cp, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

import { REPOSITORY } from "../../plugin/build/repository.ts";
import { runProcess } from "../../plugin/build/run-process.ts";

export const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
/** How this machine reaches the registries. */
const NETWORK = ["NODE_EXTRA_CA_CERTS", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "npm_config_registry"];
/** The user of Node's image. */
const NODE_UID = 1000;

export interface Settings {
	env: Record<string, string>;
	folder: string;
	user: string;
}

/** Ends a program of `startIn`, and all that it has started. */
export async function endGroup(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.pid === undefined) return;
	const ended = once(child, "close");
	process.kill(-child.pid, "SIGTERM");
	await ended;
}

/** Like `docker run --read-only --tmpfs /tmp`, with these folders of this machine as volumes. */
export interface Sealed {
	volumes: Record<string, string>;
}

/** What the image `node:24-bookworm-slim` has, as far as it matters here: Debian, Node, npm and the user `node`. */
export async function makeBaseRoot(root: string): Promise<void> {
	await must("debootstrap", ["--variant=minbase", "bookworm", root]);
	await copyFile(path.join(REPOSITORY, "node_modules/.bin/node"), path.join(root, "usr/local/bin/node"));
	await must("npm", ["install", "--global", "--silent", `--prefix=${path.join(root, "usr/local")}`, "npm@11"]);
	// As Docker writes them.
	await copyFile("/etc/resolv.conf", path.join(root, "etc/resolv.conf"));
	await writeFile(path.join(root, "etc/hosts"), "127.0.0.1 localhost\n::1 localhost\n");
	await must("chroot", [root, "groupadd", "--gid", String(NODE_UID), "node"]);
	await must("chroot", [root, "useradd", "--uid", String(NODE_UID), "--gid", "node", "--create-home", "node"]);
}

export async function copyRoot(from: string, to: string): Promise<void> {
	await must("cp", ["--archive", "--reflink=auto", from, to]);
}

/** Gives a root this machine's way to the registries. Only for a stage that is thrown away. */
export async function networkOf(root: string): Promise<Record<string, string>> {
	const names = NETWORK.filter((name) => process.env[name] !== undefined);
	const env = Object.fromEntries(names.map((name) => [name, process.env[name] ?? ""]));
	const certificates = env["NODE_EXTRA_CA_CERTS"];
	if (certificates !== undefined) {
		await mkdir(path.join(root, path.dirname(certificates)), { recursive: true });
		await cp(certificates, path.join(root, certificates), { dereference: true });
	}
	return env;
}

/** Starts a program in a root of its own, with only the given environment. */
export function startIn(root: string, settings: Settings, command: string[], sealed?: Sealed): ChildProcess {
	const id = settings.user === "root" ? "0" : String(NODE_UID);
	const env = Object.entries({ PATH, HOME: id === "0" ? "/root" : "/home/node", ...settings.env });
	const mounts = [
		'mount --bind "$0" "$0" && cd "$0" && mount -t proc proc proc && mount --rbind /dev dev',
		...Object.entries(sealed?.volumes ?? {}).map(([inside, outside]) => `mount --bind ${outside} .${inside}`),
		...(sealed ? ["mount -t tmpfs tmpfs tmp", "mount -o remount,bind,ro ."] : []),
		`exec chroot --userspec=${id}:${id} . /usr/bin/env -i "$@"`,
	];
	const inside = ["sh", "-c", 'cd "$0" && exec "$@"', settings.folder, ...command];
	const values = env.map(([name, value]) => `${name}=${value}`);
	// A mount namespace of its own: the mounts end with the program. Every step is an exec, so signals reach it.
	return spawn("unshare", ["--mount", "--", "sh", "-c", mounts.join(" && "), root, ...values, ...inside], {
		stdio: ["ignore", "pipe", "pipe"],
		// A group of its own, so that it can be ended whole.
		detached: true,
	});
}

/** Runs a program there to its end. Resolves to its exit code and what it printed. */
export async function runIn(root: string, settings: Settings, command: string[], sealed?: Sealed) {
	const child = startIn(root, settings, command, sealed);
	let output = "";
	for (const stream of [child.stdout, child.stderr])
		stream?.on("data", (chunk: Buffer) => (output += chunk.toString()));
	const [code] = (await once(child, "close")) as [number | null];
	return { code, output };
}

/** The size of what is below a folder, in MB as people count them. */
export async function megabytes(folder: string): Promise<number> {
	const output = await must("du", ["--summarize", "--block-size=1000000", folder]);
	return Number(output.split("\t")[0]);
}

export async function must(command: string, args: string[]): Promise<string> {
	const { code, output } = await runProcess(command, args);
	if (code !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${output.trim()}`);
	return output;
}
