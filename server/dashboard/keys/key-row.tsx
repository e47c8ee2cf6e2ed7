import { A } from "@solidjs/router";
import Pencil from "lucide-solid/icons/pencil";
import { createComputed, createSignal, createUniqueId, on, onCleanup, Show } from "solid-js";

import { displayHint } from "../../../shared/key-format.ts";
import type { Key } from "../../../shared/wire.ts";
import { Button } from "../ui/button.tsx";
import { number } from "../ui/format.ts";
import { announceIfRevoked } from "./announce-if-revoked.ts";
import { deleteButtonId } from "./focus-after-delete.ts";
import { HourlyChart } from "./hourly-chart.tsx";
import { keepFocusNear } from "./keep-focus.ts";
import { LastUsed } from "./last-used.tsx";
import { Origin } from "./origin.tsx";
import { RenameKeyForm } from "./rename-key-form.tsx";
import { replacementText } from "./replacement-text.ts";
import { Revocation } from "./revocation.tsx";

const COLUMNS = 6;

export function KeyRow(props: {
	key: Key;
	workspaceId: string;
	manages: boolean;
	/** Whether there is a last column: actions, or the revocation. */
	hasLast: boolean;
	onRenamed: (key: Key) => void;
	onDelete: (key: Key) => void;
}) {
	const [renaming, setRenaming] = createSignal(false);
	const labelId = createUniqueId();
	let renameButton: HTMLButtonElement | undefined;
	let row: HTMLTableRowElement | undefined;
	const active = () => props.key.state === "active";
	const page = () => `/workspaces/${props.workspaceId}/keys/${props.key.id}`;
	const stopRenaming = () => {
		setRenaming(false);
		renameButton?.focus();
	};
	const beforeRemoval = () => {
		if (row?.contains(document.activeElement)) keepFocusNear(row);
		if (renaming()) void announceIfRevoked(props.workspaceId, props.key.id);
	};
	// Runs before rendering: afterwards the focused element is gone.
	createComputed(
		on(
			active,
			(isActive) => {
				if (isActive) return;
				beforeRemoval();
				setRenaming(false);
			},
			{ defer: true },
		),
	);
	onCleanup(beforeRemoval);

	return (
		<tr ref={row} classList={{ dead: !active() }}>
			<th scope="row" colSpan={renaming() ? COLUMNS : 1}>
				<Show
					when={renaming()}
					fallback={
						<A class="name" id={labelId} href={page()}>
							<bdi>{props.key.label}</bdi>
						</A>
					}
				>
					<RenameKeyForm
						workspaceId={props.workspaceId}
						key={props.key}
						onRenamed={(key) => {
							props.onRenamed(key);
							stopRenaming();
						}}
						onCancel={stopRenaming}
					/>
				</Show>
				<span class="sub mono">{displayHint(props.key.hint)}</span>
				<Show when={replacementText(props.key)}>{(text) => <span class="sub replacement">{text()}</span>}</Show>
			</th>
			<Show when={!renaming()}>
				<td data-head="From">
					<Origin key={props.key} />
				</td>
				<td data-head="Last used">
					<LastUsed key={props.key} />
				</td>
				<td class="spark-cell" data-head="24 hours">
					<HourlyChart hourly={props.key.hourly} requests={props.key.requests24h} />
				</td>
				<td class="num" data-head="Requests, 24 h">
					{number(props.key.requests24h)}
				</td>
				<Show when={props.hasLast}>
					<td class="actions-cell">
						<Show when={active()} fallback={<Revocation key={props.key} />}>
							<Show when={props.manages}>
								<div class="actions">
									<Button
										kind="quiet"
										icon={<Pencil />}
										aria-label="Rename"
										aria-describedby={labelId}
										title="Rename"
										ref={(element) => (renameButton = element)}
										onClick={() => setRenaming(true)}
									/>
									<A class="btn small" href={`${page()}#rotate`} aria-describedby={labelId}>
										Rotate
									</A>
									<Button
										kind="danger"
										small
										id={deleteButtonId(props.key.id)}
										aria-describedby={labelId}
										onClick={() => props.onDelete(props.key)}
									>
										Delete
									</Button>
								</div>
							</Show>
						</Show>
					</td>
				</Show>
			</Show>
		</tr>
	);
}
