import { useBeforeLeave } from "@solidjs/router";
import CircleAlert from "lucide-solid/icons/circle-alert";
import { createEffect, createSignal, createUniqueId, onCleanup, onMount, Show } from "solid-js";

import type { CreatedBackend } from "../../../shared/wire.ts";
import { SecretBox } from "../keys/secret-box.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Notice } from "../ui/notice.tsx";

/**
 * Shows a new backend's secret, once. It lives only in `created`: the owner drops it in `onClosed`, and leaving the page
 * closes the dialog, so that going back does not show it again. Closing before it was copied asks.
 */
export function BackendSecretDialog(props: { created: CreatedBackend | undefined; onClosed: () => void }) {
	const [copied, setCopied] = createSignal(false);
	const [asking, setAsking] = createSignal(false);
	const uncopied = () => props.created !== undefined && !copied();
	const confirming = () => asking() && !copied();

	const close = () => {
		props.onClosed();
		setCopied(false);
		setAsking(false);
	};
	const tryToClose = () => (uncopied() ? setAsking(true) : close());
	useBeforeLeave((event) => {
		if (!uncopied()) return;
		event.preventDefault();
		setAsking(true);
	});
	createEffect(() => {
		if (props.created === undefined) return;
		const warn = (event: BeforeUnloadEvent) => uncopied() && event.preventDefault();
		addEventListener("beforeunload", warn);
		addEventListener("pagehide", close);
		onCleanup(() => {
			removeEventListener("beforeunload", warn);
			removeEventListener("pagehide", close);
		});
	});

	return (
		<Dialog
			open={props.created !== undefined}
			onDismiss={tryToClose}
			title={
				<>
					Secret of <bdi>{props.created?.backend.name}</bdi>
				</>
			}
			description="Copy it now. Once this closes, it cannot be shown again."
		>
			<Show when={props.created}>
				{(created) => (
					<>
						<SecretBox secret={created().secret} what="secret" onCopied={() => setCopied(true)} />
						<Usage id={created().backend.id} />
					</>
				)}
			</Show>
			<Show
				when={confirming()}
				fallback={
					<div class="foot">
						<Button onClick={tryToClose}>Close</Button>
					</div>
				}
			>
				<CloseQuestion onKeepOpen={() => setAsking(false)} onClose={close} />
			</Show>
		</Dialog>
	);
}

function Usage(props: { id: string }) {
	return (
		<div class="where">
			<p>
				<strong>How to use it:</strong> keep it in the backend’s environment, and send it as the password of HTTP Basic.
				The user name is the client id, <span class="mono">{props.id}</span>:
			</p>
			<pre tabindex="0" role="region" aria-label="Example">
				{`curl -u "${props.id}:$AUXVYN_BACKEND_SECRET" \\
  -d "token=$KEY" \\
  ${location.origin}/oauth/introspect`}
			</pre>
		</div>
	);
}

function CloseQuestion(props: { onKeepOpen: () => void; onClose: () => void }) {
	const id = createUniqueId();
	let keepOpen: HTMLButtonElement | undefined;
	onMount(() => keepOpen?.focus());
	return (
		<>
			<div id={id} role="alert">
				<Notice kind="bad" icon={<CircleAlert />}>
					<strong>Close without copying?</strong> The secret would be lost. You would have to delete this backend and
					create another one.
				</Notice>
			</div>
			<div class="foot">
				<Button ref={(element) => (keepOpen = element)} aria-describedby={id} onClick={() => props.onKeepOpen()}>
					Keep open
				</Button>
				<Button kind="danger" onClick={() => props.onClose()}>
					Close anyway
				</Button>
			</div>
		</>
	);
}
