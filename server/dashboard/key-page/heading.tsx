import { A } from "@solidjs/router";
import ChevronRight from "lucide-solid/icons/chevron-right";
import { createEffect, createSignal, Show } from "solid-js";

import { displayHint } from "../../../shared/key-format.ts";
import type { Key, KeyDetails } from "../../../shared/wire.ts";
import { RenameKeyForm } from "../keys/rename-key-form.tsx";
import { revokedText } from "../keys/revoked-text.ts";
import { announce } from "../ui/announce.tsx";
import { Button } from "../ui/button.tsx";
import { KeyStatus } from "./key-status.tsx";

export const KEY_HEADING_ID = "key-heading";

/** The key's label, status and actions. */
export function KeyHeading(props: {
	workspaceId: string;
	details: KeyDetails;
	manages: boolean;
	rotating: boolean;
	onRenamed: (key: Key) => void;
	onRotate: () => void;
	onDelete: (key: Key) => void;
}) {
	const [renaming, setRenaming] = createSignal(false);
	let renameButton: HTMLButtonElement | undefined;
	const key = () => props.details.key;
	const stopRenaming = () => {
		setRenaming(false);
		renameButton?.focus();
	};
	createEffect(() => {
		if (key().state === "active" || !renaming()) return;
		setRenaming(false);
		announce(revokedText(key()));
		queueMicrotask(() => {
			if (document.activeElement === document.body) document.getElementById(KEY_HEADING_ID)?.focus();
		});
	});
	return (
		<header class="key-head">
			<nav class="crumbs" aria-label="Breadcrumb">
				<A href={`/workspaces/${props.workspaceId}/keys`}>API Keys</A>
				<ChevronRight />
				<bdi aria-current="page">{key().label}</bdi>
			</nav>
			<div class="key-title">
				<Show
					when={renaming()}
					fallback={
						<h1 id={KEY_HEADING_ID} tabindex="-1">
							<bdi>{key().label}</bdi> <span class="chip mono">{displayHint(key().hint)}</span>
						</h1>
					}
				>
					<RenameKeyForm
						workspaceId={props.workspaceId}
						key={key()}
						onRenamed={(renamed) => {
							props.onRenamed(renamed);
							stopRenaming();
						}}
						onCancel={stopRenaming}
					/>
				</Show>
				<Show when={props.manages && key().state === "active"}>
					<div class="key-actions">
						<Show when={!props.rotating}>
							<Button onClick={() => props.onRotate()}>Rotate</Button>
						</Show>
						<Button ref={(element) => (renameButton = element)} onClick={() => setRenaming(true)}>
							Rename
						</Button>
						<Button kind="danger" onClick={() => props.onDelete(key())}>
							Delete
						</Button>
					</div>
				</Show>
			</div>
			<KeyStatus workspaceId={props.workspaceId} details={props.details} />
		</header>
	);
}
