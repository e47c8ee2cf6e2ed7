import { Show } from "solid-js";

import { Late } from "../ui/late.tsx";
import { useLive } from "./live.tsx";
import type { LiveState } from "./stream.ts";

const WORDS: Record<LiveState, string> = { live: "Live", connecting: "Reconnecting…", offline: "Offline" };

/** Whether what is shown follows what happens. */
export function LiveDot() {
	const live = useLive();
	const isLive = () => live.state() === "live";
	return (
		<span class="live" role="status">
			<Show when={live.state()} keyed>
				{(state) => (
					<Show when={state === "connecting"} fallback={<Dot state={state} />}>
						<Late>
							<Dot state={state} />
						</Late>
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
			<span class="wide-text">{WORDS[props.state]}</span>
		</>
	);
}
