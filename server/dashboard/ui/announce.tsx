import { createSignal } from "solid-js";

const [message, setMessage] = createSignal("");

/** Says to a screen reader what changed elsewhere on the page. */
export function announce(text: string): void {
	setMessage("");
	queueMicrotask(() => setMessage(text));
}

export function Announcer() {
	return (
		<div class="sr-only" role="status">
			{message()}
		</div>
	);
}
