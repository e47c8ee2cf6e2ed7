import Pencil from "lucide-solid/icons/pencil";
import { createSignal, createUniqueId, Show } from "solid-js";

import { displayHint } from "../../../shared/key-format.ts";
import type { Key } from "../../../shared/wire.ts";
import { Button } from "../ui/button.tsx";
import { now } from "../ui/clock.ts";
import { number } from "../ui/format.ts";
import { Ago } from "../ui/time.tsx";
import { deleteButtonId } from "./after-delete.ts";
import { liveness } from "./liveness.ts";
import { Origin } from "./origin.tsx";
import { RenameForm } from "./rename-form.tsx";
import { Revocation } from "./revocation.tsx";

const COLUMNS = 5;
const LIVENESS_WORDS = {
	live: "in use",
	superseded: "still in use, though its place has a newer key",
	idle: "not in use",
};

export function KeyRow(props: {
	key: Key;
	/** The rows around it: a key is superseded where its place has a newer one. */
	all: readonly Key[];
	workspaceId: string;
	manages: boolean;
	onRenamed: (key: Key) => void;
	onDelete: (key: Key) => void;
}) {
	const [renaming, setRenaming] = createSignal(false);
	const labelId = createUniqueId();
	let renameButton: HTMLButtonElement | undefined;
	const active = () => props.key.state === "active";
	const alive = () => liveness(props.key, props.all, now());
	const stopRenaming = () => {
		setRenaming(false);
		renameButton?.focus();
	};

	return (
		<tr classList={{ dead: !active() }}>
			<th scope="row" colSpan={renaming() ? COLUMNS : 1}>
				<Show
					when={renaming()}
					fallback={
						<bdi class="name" id={labelId}>
							{props.key.label}
						</bdi>
					}
				>
					<RenameForm
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
			</th>
			<Show when={!renaming()}>
				<td data-head="From">
					<Origin key={props.key} />
				</td>
				<td data-head="Last used">
					<span class="used">
						<span
							class={`dot ${alive()}`}
							role="img"
							aria-label={LIVENESS_WORDS[alive()]}
							title={LIVENESS_WORDS[alive()]}
						/>
						<Show when={props.key.lastUsedAt} fallback="never">
							{(at) => <Ago at={at()} />}
						</Show>
					</span>
				</td>
				<td class="num" data-head="Requests, 24 h">
					{number(props.key.requests24h)}
				</td>
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
		</tr>
	);
}
