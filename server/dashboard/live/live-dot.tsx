import { Show } from "solid-js";

import { Delayed } from "../ui/delayed.tsx";
import { useLive } from "./live.tsx";
import type { LiveState } from "./stream.ts";

const TEXTS: Record<LiveState, string> = { live: "Live", connecting: "Reconnecting…", offline: "Offline" };

/** Shows whether the page is receiving live updates. */
export function LiveDot() {
	const live = useLive();
	const isLive = () => live.state() === "live";
	return (
		<span class="live" role="status">
			<Show when={live.state()} keyed>
				{(state) => (
					<Show when={state === "connecting"} fallback={<Dot state={state} />}>
						<Delayed>
							<Dot state={state} />
						</Delayed>
					</Show>
				)}
			</Show>
			<span class="sr-only">{isLive() ? "Changes are shown as they happen." : ""}</span>
		</span>
	);
}

function Dot(props: { state: LiveState }) {
	return (
		<>
			<span class="dot" classList={{ live: props.state === "live" }} />
			<span class="wide-text">{TEXTS[props.state]}</span>
		</>
	);
}
