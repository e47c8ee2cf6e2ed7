import CloudOff from "lucide-solid/icons/cloud-off";
import { Show } from "solid-js";

import { useLive } from "./live.tsx";

/** Overlays the bottom of the page while the server is not responding, without shifting the layout. */
export function OfflineBanner() {
	const live = useLive();
	return (
		<div class="out-of-date" role="status">
			<Show when={live.state() === "offline"}>
				<p>
					<CloudOff />
					The server is not responding. What you see may be out of date.
				</p>
			</Show>
		</div>
	);
}
