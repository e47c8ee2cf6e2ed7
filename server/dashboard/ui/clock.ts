import { createRoot, createSignal } from "solid-js";

const TICK_MS = 1000;

/** The time, once a second, for everything on the page that says "4 s ago". */
export const now = createRoot(() => {
	const [time, setTime] = createSignal(Date.now());
	setInterval(() => document.visibilityState === "visible" && setTime(Date.now()), TICK_MS);
	return time;
});
