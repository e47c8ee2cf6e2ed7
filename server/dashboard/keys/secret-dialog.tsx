import { useBeforeLeave } from "@solidjs/router";
import CircleAlert from "lucide-solid/icons/circle-alert";
import Plug from "lucide-solid/icons/plug";
import ShieldAlert from "lucide-solid/icons/shield-alert";
import { createEffect, createSignal, createUniqueId, onCleanup, onMount, Show } from "solid-js";

import type { CreatedKey } from "../../../shared/wire.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Notice } from "../ui/notice.tsx";
import { holdWhileAwaited } from "./awaited-key.ts";
import { SecretBox } from "./secret-box.tsx";
import { WhereItGoes } from "./where-it-goes.tsx";

/**
 * Shows a new key, the only time anybody can. The key lives in `created` alone: the owner forgets it in `onClosed`,
 * and leaving the page closes this too, so that going back brings nothing up again. Whoever leaves before it is there
 * stays for it.
 */
export function SecretDialog(props: { created: CreatedKey | undefined; onClosed: () => void }) {
	const [copied, setCopied] = createSignal(false);
	const [asking, setAsking] = createSignal(false);
	const questionId = createUniqueId();
	const questioned = () => asking() && !copied();
	const unsaved = () => props.created !== undefined && !copied();

	const close = () => {
		props.onClosed();
		setCopied(false);
		setAsking(false);
	};
	const tryToClose = () => (unsaved() ? setAsking(true) : close());

	holdWhileAwaited();
	useBeforeLeave((event) => {
		if (!unsaved()) return;
		event.preventDefault();
		setAsking(true);
	});
	createEffect(() => {
		if (props.created === undefined) return;
		const warn = (event: BeforeUnloadEvent) => unsaved() && event.preventDefault();
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
			description="Copy it now. When this closes, nobody can show it again."
		>
			<Show when={props.created}>
				{(created) => <SecretBox secret={created().secret} onCopied={() => setCopied(true)} />}
			</Show>
			<WhereItGoes />
			<Notice icon={<Plug />}>
				Using Studio? You need not paste anything: open the Auxvyn plugin and click Connect, and it puts a key of its
				own where it is safe.
			</Notice>
			<div class="either">
				<div classList={{ off: questioned() }}>
					<Notice kind="warn" icon={<ShieldAlert />}>
						Never in a LocalScript, ReplicatedStorage, a chat, a video or a screenshot: whoever sees it can use it.
					</Notice>
				</div>
				<div id={questionId} role="alert" classList={{ off: !questioned() }}>
					<Notice kind="bad" icon={<CircleAlert />}>
						<strong>Close without copying?</strong> Nobody could use this key. You would have to generate another one.
					</Notice>
				</div>
			</div>
			<Show
				when={questioned()}
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
