import { createSignal } from "solid-js";

const [message, setMessage] = createSignal("");

/** Announces a change to screen readers. */
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
