import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

import { runProcess } from "../../plugin/build/run-process.ts";
import { PATH } from "./root.ts";

const BOOT_TIMEOUT_MS = 60_000;
const SHUTDOWN_TIMEOUT_MS = 30_000;

/** A root that systemd has booted as a machine of its own, which shares the network of this one. */
export class Machine {
	readonly #container: ChildProcess;
	readonly #init: string;
	readonly #env: Record<string, string>;

	constructor(container: ChildProcess, init: string, env: Record<string, string>) {
		this.#container = container;
		this.#init = init;
		this.#env = env;
	}

	/** @param env for every command */
	static async boot(root: string, env: Record<string, string>): Promise<Machine> {
		const args = ["--quiet", "--boot", "--keep-unit", "--register=no", "--resolv-conf=copy-host"];
		// A session of its own: Ctrl-C shuts it down by stop(), not by half.
		const container = spawn("systemd-nspawn", [...args, `--directory=${root}`], { stdio: "ignore", detached: true });
		await once(container, "spawn");
		const end = performance.now() + BOOT_TIMEOUT_MS;
		while (performance.now() < end && container.exitCode === null) {
			const init = await childOf(container.pid);
			const machine = new Machine(container, init, env);
			if (init !== "" && (await machine.run("systemctl is-system-running --wait")).output.trim() !== "") return machine;
			await sleep(100);
		}
		container.kill("SIGKILL");
		throw new Error("The machine did not boot.");
	}

	/** Runs commands by a shell, as root. Resolves to the exit code and what was printed. */
	async run(commands: string): Promise<{ code: number | null; output: string }> {
		const env = { PATH, HOME: "/root", DEBIAN_FRONTEND: "noninteractive", ...this.#env };
		const values = Object.entries(env).map(([name, value]) => `${name}=${value}`);
		const inside = ["env", "-i", ...values, "bash", "-euo", "pipefail", "-c", commands];
		return runProcess("nsenter", ["--target", this.#init, "--mount", "--uts", "--ipc", "--pid", "--", ...inside]);
	}

	async stop(): Promise<void> {
		const ended = once(this.#container, "exit");
		// As `poweroff` from outside (systemd(1), SIGRTMIN+4).
		await runProcess("kill", ["-s", "RTMIN+4", this.#init]);
		const timer = setTimeout(() => this.#container.kill("SIGKILL"), SHUTDOWN_TIMEOUT_MS);
		if (this.#container.exitCode === null) await ended;
		clearTimeout(timer);
	}
}

async function childOf(pid: number | undefined): Promise<string> {
	const children = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => "");
	return children.split(" ")[0] ?? "";
}
