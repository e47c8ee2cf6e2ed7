import { Show } from "solid-js";

import type { ApiError } from "../api/api-error.ts";
import { waitText } from "../api/failure-text.ts";
import { now } from "./clock.ts";

/** Time left after too many attempts. Not announced: it changes every second. */
export function Countdown(props: { error: ApiError; seconds: number }) {
	const left = () => Math.ceil((props.error.at - now()) / 1000 + props.seconds);
	return (
		<p class="num-text" aria-live="off">
			<Show when={left() > 0} fallback="You can try again now.">
				Try again in {waitText(left())}.
			</Show>
		</p>
	);
}
