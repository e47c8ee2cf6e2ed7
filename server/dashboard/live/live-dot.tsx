import { createEffect, createSignal, onCleanup, Show } from "solid-js";

import { useLive } from "./live.tsx";
import type { LiveState } from "./stream.ts";

const TEXTS: Record<LiveState, string> = { live: "Live", connecting: "Reconnecting…", offline: "Offline" };
/** Opening a stream rarely takes longer, and must not flicker. */
const CONNECTING_DELAY_MS = 200;

/** Shows whether the page is receiving live updates. */
export function LiveDot() {
	const live = useLive();
	const [shown, setShown] = createSignal<LiveState>();
	createEffect(() => {
		const state = live.state();
		const timer = setTimeout(() => setShown(state), state === "connecting" ? CONNECTING_DELAY_MS : 0);
		onCleanup(() => clearTimeout(timer));
	});
	return (
		<span class="live" role="status">
			<Show when={shown()}>
				{(state) => (
					<>
						<span class="dot" classList={{ live: state() === "live" }} />
						<span classList={{ "wide-text": state() === "live" }}>{TEXTS[state()]}</span>
					</>
				)}
			</Show>
			<span class="sr-only">{shown() === "live" ? "Changes are shown as they happen." : ""}</span>
		</span>
	);
}
