import { onCleanup } from "solid-js";

/**
 * Calls `task` again and again while the page is visible, `intervalMs` after the last call has ended, and at once when
 * the page becomes visible again. Ends with its owner, or when `task` resolves to "stop". A failure is just a turn lost.
 */
export function repeatWhileVisible(intervalMs: number, task: () => Promise<unknown>): () => void {
	let timer: ReturnType<typeof setTimeout> | undefined;
	let running = false;
	let ended = false;

	const turn = async () => {
		clearTimeout(timer);
		if (running || ended || document.visibilityState !== "visible") return;
		running = true;
		const outcome = await task().catch(() => undefined);
		running = false;
		if (outcome === "stop") end();
		if (!ended) timer = setTimeout(() => void turn(), intervalMs);
	};
	const wake = () => void turn();
	const end = () => {
		ended = true;
		clearTimeout(timer);
		document.removeEventListener("visibilitychange", wake);
	};

	timer = setTimeout(wake, intervalMs);
	document.addEventListener("visibilitychange", wake);
	onCleanup(end);
	return end;
}
