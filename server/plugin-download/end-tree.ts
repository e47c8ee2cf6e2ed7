import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

const GRACE_MS = 2_000;

/**
 * Gives the function that ends `child` and all that it started, politely first. On POSIX the child must have been
 * started `detached`, so that it leads a group of its own. It ends with this process in any case.
 */
export function endTree(child: ChildProcess): () => Promise<void> {
	const isRunning = () => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
	const onExit = () => {
		if (isRunning()) send(child, "SIGTERM");
	};
	process.on("exit", onExit);
	child.once("close", () => process.off("exit", onExit));

	return async () => {
		if (!isRunning()) return;
		const closed = once(child, "close");
		const insist = setTimeout(() => send(child, "SIGKILL"), GRACE_MS);
		send(child, "SIGTERM");
		await closed;
		clearTimeout(insist);
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
		// The group is gone already.
	}
}
