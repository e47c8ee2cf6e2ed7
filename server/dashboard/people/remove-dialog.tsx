import { createSignal, Show } from "solid-js";

import type { Person, Workspace } from "../../../shared/wire.ts";
import { createAction } from "../ui/action.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FailureNotice } from "../ui/notice.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { canManageKeys } from "../workspaces/workspaces-api.ts";
import { removePerson } from "./people-api.ts";
import { personKeysText } from "./role-text.ts";

type KeyChoice = "keep" | "revoke";

function keyChoiceText(keyChoice: KeyChoice, keys: number): string {
	const one = keys === 1;
	return keyChoice === "keep"
		? `${one ? "It keeps" : "They keep"} working, and ${one ? "is" : "are"} shown as created by someone who left.`
		: `Anything that still sends ${one ? "it" : "them"} is refused at once, including running game servers. This cannot be undone.`;
}

/** Confirms removing a person, or leaving: says what happens to them and their keys, in numbers. */
export function RemoveDialog(props: {
	workspace: Workspace;
	person: Person | undefined;
	isMe: boolean;
	/** The only owner cannot leave. */
	isOnlyOwner: boolean;
	onCancel: () => void;
	/** Gets the focus once the button that opened the dialog is gone. */
	focusAfter?: () => HTMLElement | null;
	onRemoved: (person: Person) => void;
}) {
	const [keyChoice, setKeyChoice] = createSignal<KeyChoice>("keep");
	const removal = createAction();
	const verb = () => (props.isMe ? "Leave" : "Remove");
	const offersKeyChoice = () => (props.person?.activeKeys ?? 0) > 0 && canManageKeys(props.workspace.role);

	const reset = () => {
		setKeyChoice("keep");
		removal.clear();
	};
	const cancel = () => {
		reset();
		props.onCancel();
	};
	const remove = (person: Person) =>
		removal.run(async () => {
			await removePerson(props.workspace.id, person.id, offersKeyChoice() ? keyChoice() : "keep");
			reset();
			props.onRemoved(person);
		});

	return (
		<Dialog
			alert
			open={props.person !== undefined}
			onDismiss={cancel}
			fallbackFocus={() => props.focusAfter?.() ?? null}
			title={
				<>
					{verb()} <bdi>{props.isMe ? props.workspace.name : props.person?.name}</bdi>?
				</>
			}
			description={<WhatHappens isMe={props.isMe} isOnlyOwner={props.isOnlyOwner} person={props.person} />}
		>
			<Show when={!props.isOnlyOwner && offersKeyChoice()}>
				<div class="departure-keys">
					<Segmented
						legend={`${props.isMe ? "Your" : "Their"} ${personKeysText(props.person?.activeKeys ?? 0)}`}
						options={[
							{ value: "keep", text: "Keep" },
							{ value: "revoke", text: "Delete" },
						]}
						value={keyChoice()}
						onValue={setKeyChoice}
					/>
					<p class="field-note">{keyChoiceText(keyChoice(), props.person?.activeKeys ?? 0)}</p>
				</div>
			</Show>
			<Show when={removal.error()}>{(failure) => <FailureNotice error={failure()} />}</Show>
			<div class="foot">
				<Button onClick={cancel}>{props.isOnlyOwner ? "Close" : "Cancel"}</Button>
				<Show when={!props.isOnlyOwner}>
					<Button kind="danger" busy={removal.busy()} onClick={() => props.person && void remove(props.person)}>
						{verb()}
					</Button>
				</Show>
			</div>
		</Dialog>
	);
}

function WhatHappens(props: { isMe: boolean; isOnlyOwner: boolean; person: Person | undefined }) {
	return (
		<Show
			when={!props.isOnlyOwner}
			fallback={
				<p>
					You are the only owner, and a workspace needs one. Make someone else an owner first, or delete the workspace
					in its settings.
				</p>
			}
		>
			<p>
				<Show when={props.isMe} fallback={<LosesAccess person={props.person} />}>
					You lose access to this workspace, and only an owner can invite you back.
				</Show>{" "}
				Studio connections {props.isMe ? "you" : "they"} approved that are not in use yet are cancelled.
			</p>
		</Show>
	);
}

function LosesAccess(props: { person: Person | undefined }) {
	return (
		<>
			<bdi>{props.person?.name}</bdi> loses access to this workspace at once.
		</>
	);
}
