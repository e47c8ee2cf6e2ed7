import { onCleanup } from "solid-js";

/** Calls `act` at once, and then at most once per interval: calls in between are made up for at its end. */
export function throttle(intervalMs: number, act: () => void): () => void {
	let timer: ReturnType<typeof setTimeout> | undefined;
	let isDue = false;
	const run = () => {
		isDue = false;
		timer = setTimeout(() => {
			timer = undefined;
			if (isDue) run();
		}, intervalMs);
		act();
	};
	onCleanup(() => clearTimeout(timer));
	return () => {
		if (timer === undefined) run();
		else isDue = true;
	};
}
