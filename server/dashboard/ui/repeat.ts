import { onCleanup } from "solid-js";

/**
 * Calls `task` again and again while the page is visible, `intervalMs` after the last call has ended, and at once when
 * the page becomes visible again. Ends with its owner, or when `task` resolves to "stop". A failure is just a turn lost.
 */
export function repeatWhileVisible(intervalMs: number, task: () => Promise<unknown>): void {
	let timer: ReturnType<typeof setTimeout> | undefined;
	let running = false;
	const ended = new AbortController();
	const isOver = () => ended.signal.aborted;

	const turn = async () => {
		clearTimeout(timer);
		if (running || isOver() || document.visibilityState !== "visible") return;
		running = true;
		const outcome = await task().catch(() => undefined);
		running = false;
		if (outcome === "stop") ended.abort();
		if (!isOver()) timer = setTimeout(wake, intervalMs);
	};
	const wake = () => void turn();

	timer = setTimeout(wake, intervalMs);
	document.addEventListener("visibilitychange", wake, { signal: ended.signal });
	onCleanup(() => ended.abort());
}
