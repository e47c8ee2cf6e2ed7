import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

const GRACE_MS = 2_000;

/**
 * Returns a function that terminates `child` and its descendants, killing them after a grace period. On POSIX, spawn the
 * child with `detached`, so that it leads a process group. It is also terminated when this process exits.
 */
export function treeKiller(child: ChildProcess): () => Promise<void> {
	const isRunning = () => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
	const onExit = () => {
		if (isRunning()) send(child, "SIGTERM");
	};
	process.on("exit", onExit);
	child.once("close", () => process.off("exit", onExit));

	return async () => {
		if (!isRunning()) return;
		const closed = once(child, "close");
		const killTimer = setTimeout(() => send(child, "SIGKILL"), GRACE_MS);
		send(child, "SIGTERM");
		await closed;
		clearTimeout(killTimer);
	};
}

function send(child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): void {
	if (child.pid === undefined) return;
	if (process.platform === "win32") {
		spawn("taskkill", ["/pid", String(child.pid), "/t", "/f"], { stdio: "ignore", windowsHide: true });
		return;
	}
	try {
		process.kill(-child.pid, signal);
	} catch {
		// The process group has already exited.
	}
}
