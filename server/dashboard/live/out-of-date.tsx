import CloudOff from "lucide-solid/icons/cloud-off";
import { Show } from "solid-js";

import { useLive } from "./live.tsx";

/** Over the page's lower edge while the server does not answer: nothing moves when it comes and goes. */
export function OutOfDate() {
	const live = useLive();
	return (
		<div class="out-of-date" role="status">
			<Show when={live.state() === "offline"}>
				<p>
					<CloudOff />
					The server does not answer. What you see may be out of date.
				</p>
			</Show>
		</div>
	);
}
