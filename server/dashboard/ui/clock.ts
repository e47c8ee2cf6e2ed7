import { createRoot, createSignal } from "solid-js";

const TICK_MS = 1000;

/** The current time in ms, updated every second while the page is visible. */
export const now = createRoot(() => {
	const [time, setTime] = createSignal(Date.now());
	setInterval(() => document.visibilityState === "visible" && setTime(Date.now()), TICK_MS);
	return time;
});
