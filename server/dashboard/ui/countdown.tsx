import { Show } from "solid-js";

import type { ApiError } from "../api/api-error.ts";
import { waitWords } from "../api/words.ts";
import { now } from "./clock.ts";

/** How long one still has to wait where there were too many tries. Not read out: it changes every second. */
export function Countdown(props: { error: ApiError; seconds: number }) {
	const left = () => Math.ceil((props.error.at - now()) / 1000 + props.seconds);
	return (
		<p class="num-text" aria-live="off">
			<Show when={left() > 0} fallback="You can try again now.">
				Try again in {waitWords(left())}.
			</Show>
		</p>
	);
}
