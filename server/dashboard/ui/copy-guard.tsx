import { useBeforeLeave } from "@solidjs/router";
import { createEffect, createSignal, onCleanup, onMount } from "solid-js";

import { Button } from "./button.tsx";

/**
 * Guards a secret that is shown once: closing its dialog or leaving the page before it was copied asks first. Hiding the
 * page closes the dialog, so that going back does not show the secret again.
 */
export function createCopyGuard({ shown, onClosed }: { shown: () => boolean; onClosed: () => void }) {
	const [copied, setCopied] = createSignal(false);
	const [asking, setAsking] = createSignal(false);
	const uncopied = () => shown() && !copied();

	const close = () => {
		onClosed();
		setCopied(false);
		setAsking(false);
	};
	useBeforeLeave((event) => {
		if (!uncopied()) return;
		event.preventDefault();
		setAsking(true);
	});
	createEffect(() => {
		if (!shown()) return;
		const warn = (event: BeforeUnloadEvent) => uncopied() && event.preventDefault();
		addEventListener("beforeunload", warn);
		addEventListener("pagehide", close);
		onCleanup(() => {
			removeEventListener("beforeunload", warn);
			removeEventListener("pagehide", close);
		});
	});

	return {
		/** True while the question is open. */
		confirming: () => asking() && !copied(),
		onCopied: () => setCopied(true),
		tryToClose: () => (uncopied() ? setAsking(true) : close()),
		keepOpen: () => setAsking(false),
		close,
	};
}

/** The answers to the question with the id `question`. */
export function CloseAnswers(props: { question: string; onKeepOpen: () => void; onClose: () => void }) {
	let keepOpen: HTMLButtonElement | undefined;
	onMount(() => keepOpen?.focus());
	return (
		<div class="foot">
			<Button
				ref={(element) => (keepOpen = element)}
				aria-describedby={props.question}
				onClick={() => props.onKeepOpen()}
			>
				Keep open
			</Button>
			<Button kind="danger" onClick={() => props.onClose()}>
				Close anyway
			</Button>
		</div>
	);
}
