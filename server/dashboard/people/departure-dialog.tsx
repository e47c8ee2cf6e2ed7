import { createSignal, Show } from "solid-js";

import type { Person, Workspace } from "../../../shared/wire.ts";
import { createAttempt } from "../ui/attempt.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FailureNotice } from "../ui/notice.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { canManageKeys } from "../workspaces/workspaces-api.ts";
import { removePerson } from "./people-api.ts";
import { keysOfPersonWords } from "./role-words.ts";

type Fate = "keep" | "revoke";

function fateWords(fate: Fate, keys: number): string {
	const one = keys === 1;
	return fate === "keep"
		? `What ${one ? "it is" : "they are"} used for goes on, and the list says that whoever made ${one ? "it" : "them"} left.`
		: `Whatever still sends ${one ? "it" : "them"} is refused at once, running game servers too. This cannot be undone.`;
}

/** Somebody is removed, or leaves: says what becomes of them and of their keys, in figures, and asks once. */
export function DepartureDialog(props: {
	workspace: Workspace;
	person: Person | undefined;
	isMe: boolean;
	/** Nobody may leave a workspace without an owner. */
	isOnlyOwner: boolean;
	onCancel: () => void;
	/** Where the focus goes once the button that asked is gone. */
	focusAfter?: () => HTMLElement | null;
	onGone: (person: Person) => void;
}) {
	const [fate, setFate] = createSignal<Fate>("keep");
	const asking = createAttempt();
	const verb = () => (props.isMe ? "Leave" : "Remove");
	const asksForKeys = () => (props.person?.activeKeys ?? 0) > 0 && canManageKeys(props.workspace.role);

	const reset = () => {
		setFate("keep");
		asking.forget();
	};
	const cancel = () => {
		reset();
		props.onCancel();
	};
	const remove = (person: Person) =>
		asking.run(async () => {
			await removePerson(props.workspace.id, person.id, asksForKeys() ? fate() : "keep");
			reset();
			props.onGone(person);
		});

	return (
		<Dialog
			alert
			open={props.person !== undefined}
			onDismiss={cancel}
			focusInstead={() => props.focusAfter?.() ?? null}
			title={
				<>
					{verb()} <bdi>{props.isMe ? props.workspace.name : props.person?.name}</bdi>?
				</>
			}
			description={<WhatHappens isMe={props.isMe} isOnlyOwner={props.isOnlyOwner} person={props.person} />}
		>
			<Show when={!props.isOnlyOwner && asksForKeys()}>
				<div class="departure-keys">
					<Segmented
						legend={`${props.isMe ? "Your" : "Their"} ${keysOfPersonWords(props.person?.activeKeys ?? 0)}`}
						options={[
							{ value: "keep", text: "Keep" },
							{ value: "revoke", text: "Delete, too" },
						]}
						value={fate()}
						onValue={setFate}
					/>
					<p class="field-note">{fateWords(fate(), props.person?.activeKeys ?? 0)}</p>
				</div>
			</Show>
			<Show when={asking.error()}>{(failure) => <FailureNotice error={failure()} />}</Show>
			<div class="foot">
				<Button onClick={cancel}>{props.isOnlyOwner ? "Close" : "Cancel"}</Button>
				<Show when={!props.isOnlyOwner}>
					<Button kind="danger" busy={asking.busy()} onClick={() => props.person && void remove(props.person)}>
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
					You are the only owner, and a workspace needs one. Make somebody else an owner first, or delete the workspace
					in its settings.
				</p>
			}
		>
			<p>
				<Show when={props.isMe} fallback={<Gone person={props.person} />}>
					You no longer see this workspace, and only an owner can let you in again.
				</Show>{" "}
				Connections from Studio that {props.isMe ? "you" : "they"} approved and that are not in use yet end.
			</p>
		</Show>
	);
}

function Gone(props: { person: Person | undefined }) {
	return (
		<>
			<bdi>{props.person?.name}</bdi> no longer sees this workspace, from now on.
		</>
	);
}
