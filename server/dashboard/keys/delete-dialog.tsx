import { createEffect, createMemo, createSignal, on, Show } from "solid-js";

import type { Key } from "../../../shared/wire.ts";
import { useLive } from "../live/live.tsx";
import { createAttempt } from "../ui/attempt.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FailureNotice } from "../ui/notice.tsx";
import { repeatWhileVisible } from "../ui/repeat.ts";
import { findKey, revokeKey } from "./keys-api.ts";
import { ByPerson } from "./person-name.tsx";
import { endedVerb } from "./revoked-words.ts";
import { WhatStopped, WhatStops } from "./what-stops.tsx";

/** As often as the server writes what it has counted. */
const REFRESH_MS = 2_000;

/** Asks once, and says what stops working; or that somebody else was quicker. */
export function DeleteDialog(props: {
	workspaceId: string;
	target: Key | undefined;
	/** The word on the button that asked. */
	verb?: "Delete" | "Revoke";
	onCancel: () => void;
	/** The dialog stays busy until this is done. */
	onDeleted: (key: Key) => void | Promise<void>;
	focusAfter: () => HTMLElement | null;
}) {
	const asking = createAttempt();
	const key = createFresh(
		() => props.workspaceId,
		() => props.target,
	);
	const ended = createMemo(() => (key()?.state === "revoked" && !asking.busy() ? key() : undefined));
	let cancelButton: HTMLButtonElement | undefined;
	// The button that had the focus may be the one that goes.
	createEffect(() => ended() && cancelButton?.focus());

	const cancel = () => {
		asking.forget();
		props.onCancel();
	};
	const remove = (key: Key) =>
		asking.run(async () => {
			await revokeKey(props.workspaceId, key.id);
			await props.onDeleted(key);
		});

	return (
		<Dialog
			alert
			open={props.target !== undefined}
			onDismiss={cancel}
			title={
				<Show
					when={ended()}
					fallback={
						<>
							{props.verb ?? "Delete"} <bdi>{props.target?.label}</bdi>?
						</>
					}
				>
					{(key) => <EndedTitle key={key()} />}
				</Show>
			}
			focusInstead={props.focusAfter}
			description={
				<Show
					when={ended()}
					fallback={
						<Show when={key()}>
							{(key) => <WhatStops workspaceId={props.workspaceId} key={key()} onRotate={cancel} />}
						</Show>
					}
				>
					{(key) => <WhatStopped key={key()} />}
				</Show>
			}
		>
			<Show when={asking.error()}>{(failure) => <FailureNotice error={failure()} />}</Show>
			<div class="foot">
				<Button ref={(element) => (cancelButton = element)} onClick={cancel}>
					{ended() ? "Close" : "Cancel"}
				</Button>
				<Show when={!ended()}>
					<Button kind="danger" busy={asking.busy()} onClick={() => props.target && void remove(props.target)}>
						{props.verb ?? "Delete"}
					</Button>
				</Show>
			</div>
		</Dialog>
	);
}

/** The key that the dialog is about, kept up to date for as long as one thinks about it. */
function createFresh(workspaceId: () => string, target: () => Key | undefined): () => Key | undefined {
	const [fresh, setFresh] = createSignal<Key>();
	const refresh = async () => {
		const shown = target();
		if (!shown) return;
		const found = await findKey(workspaceId(), shown.id);
		// Answers may overtake one another, and no key comes back.
		setFresh((before) => (before?.id === found.id && before.state === "revoked" ? before : found));
	};
	createEffect(
		on(
			() => target()?.id,
			(id) => {
				setFresh(undefined);
				if (id !== undefined) repeatWhileVisible(REFRESH_MS, refresh);
			},
		),
	);
	useLive().onChanged(["keys"], () => void refresh().catch(() => undefined));
	return () => (fresh()?.id === target()?.id ? fresh() : target());
}

function EndedTitle(props: { key: Key }) {
	return (
		<>
			Already {endedVerb(props.key)}
			<ByPerson person={props.key.revokedBy} />
		</>
	);
}
