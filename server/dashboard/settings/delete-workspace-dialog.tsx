import { createSignal, Show } from "solid-js";

import type { Workspace } from "../../../shared/wire.ts";
import { type ApiError, asApiError } from "../api/api-error.ts";
import { activeKeyWords } from "../people/role-words.ts";
import { useDeparture } from "../people/use-departure.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { focusFirstWrong } from "../ui/focus-wrong.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { deleteWorkspace } from "../workspaces/workspaces-api.ts";

/** Says what dies with the workspace, in figures, and wants its name typed. */
export function DeleteWorkspaceDialog(props: {
	open: boolean;
	workspace: Workspace;
	activeKeys: number;
	people: number;
	onCancel: () => void;
}) {
	const departed = useDeparture();
	const [name, setName] = createSignal("");
	const [wrong, setWrong] = createSignal<string>();
	const [busy, setBusy] = createSignal(false);
	const [error, setError] = createSignal<ApiError>();

	const cancel = () => {
		setName("");
		setWrong(undefined);
		setError(undefined);
		props.onCancel();
	};
	let form: HTMLFormElement | undefined;
	const remove = async (event: SubmitEvent) => {
		event.preventDefault();
		if (busy()) return;
		const { id, name: itsName } = props.workspace;
		setError(undefined);
		setWrong(name().trim() === itsName ? undefined : "Type the name exactly as it is above.");
		if (wrong() !== undefined) {
			focusFirstWrong(form);
			return;
		}
		setBusy(true);
		try {
			await deleteWorkspace(id, name().trim());
			await departed(`${itsName} is deleted, and its keys no longer work.`);
		} catch (failure) {
			const refused = asApiError(failure);
			setWrong(refused.about("name"));
			setError(refused);
			focusFirstWrong(form);
		} finally {
			setBusy(false);
		}
	};

	return (
		<Dialog
			alert
			open={props.open}
			onDismiss={cancel}
			title={
				<>
					Delete <bdi>{props.workspace.name}</bdi>?
				</>
			}
			description={<WhatDies activeKeys={props.activeKeys} people={props.people} />}
		>
			<form class="stack delete-workspace" ref={form} onSubmit={(event) => void remove(event)} noValidate>
				<Field
					label={`Type ${props.workspace.name} to confirm`}
					value={name()}
					onValue={setName}
					autocomplete="off"
					spellcheck={false}
					error={wrong()}
				/>
				<Show when={wrong() === undefined && error()}>{(failure) => <FailureNotice error={failure()} />}</Show>
				<div class="foot">
					<Button onClick={cancel}>Cancel</Button>
					<Button kind="danger" type="submit" busy={busy()}>
						Delete
					</Button>
				</div>
			</form>
		</Dialog>
	);
}

function WhatDies(props: { activeKeys: number; people: number }) {
	const others = () => props.people - 1;
	return (
		<>
			<p>
				<Show when={props.activeKeys > 0} fallback="No key in it is active, so nothing that runs now should stop.">
					<strong>{activeKeyWords(props.activeKeys)}</strong> {props.activeKeys === 1 ? "stops" : "stop"} working at
					once. Whatever still sends {props.activeKeys === 1 ? "it" : "them"} is refused, running game servers too.
				</Show>
			</p>
			<p>
				<Show when={others() > 0}>
					{others()} {others() === 1 ? "other person loses" : "other people lose"} it, too.{" "}
				</Show>
				This cannot be undone.
			</p>
		</>
	);
}
