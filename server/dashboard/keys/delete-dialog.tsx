import { createEffect, createMemo, createSignal, on, Show } from "solid-js";

import type { Key, KeyDetails } from "../../../shared/wire.ts";
import { useLive } from "../live/live.tsx";
import { createAction } from "../ui/action.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FailureNotice } from "../ui/notice.tsx";
import { pollWhileVisible } from "../ui/poll.ts";
import { fetchKey } from "./key-details-api.ts";
import { revokeKey } from "./keys-api.ts";
import { ByPerson } from "./person-name.tsx";
import { AlreadyRevoked, RevocationImpact } from "./revocation-impact.tsx";
import { revokedVerb, revoker } from "./revoked-text.ts";

/** How often the server writes its usage counts. */
const REFRESH_MS = 2_000;

/** Confirms deleting a key and says what stops working, or that someone else was faster. */
export function DeleteDialog(props: {
	workspaceId: string;
	target: Key | undefined;
	onCancel: () => void;
	/** The dialog stays busy until this resolves. */
	onDeleted: (key: Key) => void | Promise<void>;
	focusAfter: () => HTMLElement | null;
}) {
	const deletion = createAction();
	const { key, details } = createLiveKey(
		() => props.workspaceId,
		() => props.target,
	);
	const revoked = createMemo(() => (key()?.state === "revoked" && !deletion.busy() ? key() : undefined));
	let cancelButton: HTMLButtonElement | undefined;
	// The focused button may be the one that is removed.
	createEffect(() => revoked() && cancelButton?.focus());

	const cancel = () => {
		deletion.clear();
		props.onCancel();
	};
	const remove = (key: Key) =>
		deletion.run(async () => {
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
					when={revoked()}
					fallback={
						<>
							Delete the key “<bdi>{props.target?.label}</bdi>”?
						</>
					}
				>
					{(key) => <RevokedTitle key={key()} />}
				</Show>
			}
			fallbackFocus={props.focusAfter}
			description={
				<Show
					when={revoked()}
					fallback={
						<Show when={key()}>
							{(key) => (
								<RevocationImpact workspaceId={props.workspaceId} key={key()} details={details()} onRotate={cancel} />
							)}
						</Show>
					}
				>
					{(key) => <AlreadyRevoked key={key()} />}
				</Show>
			}
		>
			<Show when={deletion.error()}>{(failure) => <FailureNotice error={failure()} />}</Show>
			<div class="foot">
				<Button ref={(element) => (cancelButton = element)} onClick={cancel}>
					{revoked() ? "Close" : "Cancel"}
				</Button>
				<Show when={!revoked()}>
					<Button kind="danger" busy={deletion.busy()} onClick={() => props.target && void remove(props.target)}>
						Delete
					</Button>
				</Show>
			</div>
		</Dialog>
	);
}

/** The dialog's key, kept up to date while it is open; its details once they are there. */
function createLiveKey(workspaceId: () => string, target: () => Key | undefined) {
	const [latest, setLatest] = createSignal<KeyDetails>();
	const refresh = async () => {
		const shown = target();
		if (!shown) return;
		const found = await fetchKey(workspaceId(), shown.id);
		// Responses may arrive out of order, and a revoked key never becomes active again.
		setLatest((before) => (before?.key.id === found.key.id && before.key.state === "revoked" ? before : found));
	};
	createEffect(
		on(
			() => target()?.id,
			(id) => {
				setLatest(undefined);
				if (id === undefined) return;
				void refresh().catch(() => undefined);
				pollWhileVisible(REFRESH_MS, refresh);
			},
		),
	);
	useLive().onChanged(["keys"], () => void refresh().catch(() => undefined));
	const details = () => (latest()?.key.id === target()?.id ? latest() : undefined);
	return { details, key: () => details()?.key ?? target() };
}

function RevokedTitle(props: { key: Key }) {
	return (
		<>
			Already {revokedVerb(props.key)}
			<ByPerson person={revoker(props.key)} />
		</>
	);
}
