import { onCleanup } from "solid-js";

/**
 * Calls `task` while the page is visible: `intervalMs` after its last call ended, and at once when the page becomes
 * visible again. Stops with its owner, or when `task` resolves to "stop". Failures are ignored.
 */
export function pollWhileVisible(intervalMs: number, task: () => Promise<unknown>): void {
	let timer: ReturnType<typeof setTimeout> | undefined;
	let running = false;
	const stopped = new AbortController();
	const isStopped = () => stopped.signal.aborted;

	const run = async () => {
		clearTimeout(timer);
		if (running || isStopped() || document.visibilityState !== "visible") return;
		running = true;
		const outcome = await task().catch(() => undefined);
		running = false;
		if (outcome === "stop") stopped.abort();
		if (!isStopped()) timer = setTimeout(wake, intervalMs);
	};
	const wake = () => void run();

	timer = setTimeout(wake, intervalMs);
	document.addEventListener("visibilitychange", wake, { signal: stopped.signal });
	onCleanup(() => stopped.abort());
}
