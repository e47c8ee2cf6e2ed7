import { createSignal, Show } from "solid-js";

import { displayHint } from "../../../shared/key-format.ts";
import type { Key } from "../../../shared/wire.ts";
import { type ApiError, asApiError } from "../api/api-error.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { number } from "../ui/format.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { Ago } from "../ui/time.tsx";
import { revokeKey } from "./keys-api.ts";

/** Asks once, and says what stops working. */
export function DeleteDialog(props: {
	workspaceId: string;
	target: Key | undefined;
	/** The word on the button that asked. */
	verb?: "Delete" | "Revoke";
	onCancel: () => void;
	onDeleted: (key: Key) => void;
	focusAfter: () => HTMLElement | null;
}) {
	const [busy, setBusy] = createSignal(false);
	const [error, setError] = createSignal<ApiError>();

	const cancel = () => {
		setError(undefined);
		props.onCancel();
	};
	const remove = async (key: Key) => {
		setBusy(true);
		setError(undefined);
		try {
			await revokeKey(props.workspaceId, key.id);
			props.onDeleted(key);
		} catch (failure) {
			setError(asApiError(failure));
		} finally {
			setBusy(false);
		}
	};

	return (
		<Dialog
			alert
			open={props.target !== undefined}
			onDismiss={cancel}
			title={
				<>
					{props.verb ?? "Delete"} <bdi>{props.target?.label}</bdi>?
				</>
			}
			focusInstead={props.focusAfter}
			description={<Show when={props.target}>{(key) => <WhatStops key={key()} />}</Show>}
		>
			<Show when={error()}>{(failure) => <FailureNotice error={failure()} />}</Show>
			<div class="foot">
				<Button onClick={cancel}>Cancel</Button>
				<Button kind="danger" busy={busy()} onClick={() => props.target && void remove(props.target)}>
					{props.verb ?? "Delete"}
				</Button>
			</div>
		</Dialog>
	);
}

function WhatStops(props: { key: Key }) {
	return (
		<>
			<p>
				<span class="mono">{displayHint(props.key.hint)}</span>{" "}
				<Show when={props.key.lastUsedAt} fallback="has never been used, so nothing that runs now should stop.">
					{(at) => (
						<>
							was last used <Ago at={at()} />, and {number(props.key.requests24h)}{" "}
							{props.key.requests24h === 1 ? "time" : "times"} in the last 24 hours.
						</>
					)}
				</Show>
			</p>
			<p>
				It stops working at once and stays in the list as revoked. Whatever still sends it is refused, running game
				servers too. This cannot be undone.
			</p>
		</>
	);
}
