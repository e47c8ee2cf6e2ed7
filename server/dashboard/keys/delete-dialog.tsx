import { A } from "@solidjs/router";
import { createSignal, Show } from "solid-js";

import { displayHint } from "../../../shared/key-format.ts";
import type { Key } from "../../../shared/wire.ts";
import { Button } from "../ui/button.tsx";
import { createConfirmation } from "../ui/confirmation.ts";
import { Dialog } from "../ui/dialog.tsx";
import { number } from "../ui/format.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { repeatWhileVisible } from "../ui/repeat.ts";
import { Ago } from "../ui/time.tsx";
import { findKey, revokeKey } from "./keys-api.ts";

/** As often as the server writes what it has counted. */
const REFRESH_MS = 2_000;

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
	const asking = createConfirmation();

	const cancel = () => {
		asking.forget();
		props.onCancel();
	};
	const remove = (key: Key) =>
		asking.confirm(async () => {
			await revokeKey(props.workspaceId, key.id);
			props.onDeleted(key);
		});

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
			description={
				<Show when={props.target}>
					{(key) => <WhatStops workspaceId={props.workspaceId} key={key()} onRotate={cancel} />}
				</Show>
			}
		>
			<Show when={asking.error()}>{(failure) => <FailureNotice error={failure()} />}</Show>
			<div class="foot">
				<Button onClick={cancel}>Cancel</Button>
				<Button kind="danger" busy={asking.busy()} onClick={() => props.target && void remove(props.target)}>
					{props.verb ?? "Delete"}
				</Button>
			</div>
		</Dialog>
	);
}

/** In figures, and kept up to date for as long as one thinks about it. */
function WhatStops(props: { workspaceId: string; key: Key; onRotate: () => void }) {
	const [fresh, setFresh] = createSignal<Key>();
	const key = () => fresh() ?? props.key;
	repeatWhileVisible(REFRESH_MS, async () => {
		setFresh(await findKey(props.workspaceId, props.key.id));
	});
	return (
		<>
			<p>
				<span class="mono">{displayHint(key().hint)}</span>{" "}
				<Show when={key().lastUsedAt} fallback="has never been used, so nothing that runs now should stop.">
					{(at) => (
						<>
							was last used{" "}
							<strong>
								<Ago at={at()} />
							</strong>
							: <strong>{requests(key().requests1h)} in the last hour</strong>, {number(key().requests24h)} in 24 hours.
						</>
					)}
				</Show>
			</p>
			<p>
				It stops working at once and stays in the list as revoked. Whatever still sends it is refused, running game
				servers too. This cannot be undone.
			</p>
			<Show when={key().requests1h > 0 && key().replacedBy === null}>
				<p>
					To change keys without an interruption,{" "}
					<A href={`/workspaces/${props.workspaceId}/keys/${props.key.id}#rotate`} onClick={() => props.onRotate()}>
						rotate it
					</A>{" "}
					instead.
				</p>
			</Show>
		</>
	);
}

function requests(count: number): string {
	return count === 1 ? "1 request" : `${count === 0 ? "no" : number(count)} requests`;
}
