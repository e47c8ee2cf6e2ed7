import { spawn } from "node:child_process";
import { once } from "node:events";

/**
 * `$1` is the folder. Standard input ends with the process that holds its other end, however that ended. Its number may
 * be another program's by now, so the command is looked at.
 */
const WAIT_AND_END = `
cat > /dev/null
read -r pid < "$1/data/postmaster.pid"
is_running() { ps -o args= -p "$pid" | grep -qF -- "$1/data"; }
if is_running "$1"; then
	kill -QUIT "$pid"
	kill -CONT "$pid"
	tries=200
	while is_running "$1" && [ "$tries" -gt 0 ]; do sleep 0.05; tries=$((tries - 1)); done
fi
rm -rf "$1"
`;

/**
 * Ends the PostgreSQL server of this folder, and removes the folder, once the returned function is called or this process
 * has ended: also on Ctrl-C, and by SIGKILL.
 */
export function endWithUs(folder: string): () => Promise<void> {
	// In a session of its own, where Ctrl-C does not reach it.
	const stdio = ["pipe", "ignore", "ignore"] as const;
	const watcher = spawn("sh", ["-c", WAIT_AND_END, "sh", folder], { stdio: [...stdio], detached: true, cwd: "/" });
	const ended = once(watcher, "exit");
	watcher.unref();
	(watcher.stdin as unknown as { unref(): void }).unref();
	return async () => {
		watcher.ref();
		watcher.stdin.end();
		await ended;
	};
}
