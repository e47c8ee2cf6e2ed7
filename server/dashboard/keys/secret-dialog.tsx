import { useBeforeLeave } from "@solidjs/router";
import CircleAlert from "lucide-solid/icons/circle-alert";
import Plug from "lucide-solid/icons/plug";
import ShieldAlert from "lucide-solid/icons/shield-alert";
import { createEffect, createSignal, createUniqueId, onCleanup, onMount, Show } from "solid-js";

import type { CreatedKey } from "../../../shared/wire.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Notice } from "../ui/notice.tsx";
import { InstallInstructions } from "./install-instructions.tsx";
import { blockLeavingWhilePending } from "./pending-key.ts";
import { SecretBox } from "./secret-box.tsx";

/**
 * Shows a new key, once. The key lives only in `created`: the owner drops it in `onClosed`, and leaving the page closes
 * the dialog, so that going back does not show it again. Leaving is blocked while a key is pending.
 */
export function SecretDialog(props: { created: CreatedKey | undefined; onClosed: () => void }) {
	const [copied, setCopied] = createSignal(false);
	const [asking, setAsking] = createSignal(false);
	const questionId = createUniqueId();
	const confirming = () => asking() && !copied();
	const uncopied = () => props.created !== undefined && !copied();

	const close = () => {
		props.onClosed();
		setCopied(false);
		setAsking(false);
	};
	const tryToClose = () => (uncopied() ? setAsking(true) : close());

	blockLeavingWhilePending();
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
					Your new key: <bdi>{props.created?.key.label}</bdi>
				</>
			}
			description="Copy it now. Once this closes, it cannot be shown again."
		>
			<Show when={props.created}>
				{(created) => <SecretBox secret={created().secret} onCopied={() => setCopied(true)} />}
			</Show>
			<InstallInstructions />
			<Notice icon={<Plug />}>
				Using Studio? There is nothing to paste: open the Auxvyn plugin and click Connect. It puts its own key in a safe
				place.
			</Notice>
			<div class="either">
				<div classList={{ off: confirming() }}>
					<Notice kind="warn" icon={<ShieldAlert />}>
						Never put it in a LocalScript, ReplicatedStorage, a chat, a video or a screenshot: anyone who sees it can
						use it.
					</Notice>
				</div>
				<div id={questionId} role="alert" classList={{ off: !confirming() }}>
					<Notice kind="bad" icon={<CircleAlert />}>
						<strong>Close without copying?</strong> This key would be lost. You would have to generate another one.
					</Notice>
				</div>
			</div>
			<Show
				when={confirming()}
				fallback={
					<div class="foot">
						<Button onClick={tryToClose}>Close</Button>
					</div>
				}
			>
				<CloseAnswers question={questionId} onKeepOpen={() => setAsking(false)} onClose={close} />
			</Show>
		</Dialog>
	);
}

function CloseAnswers(props: { question: string; onKeepOpen: () => void; onClose: () => void }) {
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
