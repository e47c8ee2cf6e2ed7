import { createSignal, Show } from "solid-js";

import type { Workspace } from "../../../shared/wire.ts";
import { foldText } from "../../folded-text.ts";
import { type ApiError, asApiError } from "../api/api-error.ts";
import { useExitWorkspace } from "../people/exit-workspace.ts";
import { activeKeysText } from "../people/role-text.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { focusFirstInvalid } from "../ui/focus-invalid.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { deleteWorkspace } from "../workspaces/workspaces-api.ts";

/** Says what is deleted with the workspace, in numbers, and asks for its name. */
export function DeleteWorkspaceDialog(props: {
	open: boolean;
	workspace: Workspace;
	activeKeys: number;
	people: number;
	onCancel: () => void;
}) {
	const exitWorkspace = useExitWorkspace();
	const [name, setName] = createSignal("");
	const [problem, setProblem] = createSignal<string>();
	const [busy, setBusy] = createSignal(false);
	const [error, setError] = createSignal<ApiError>();

	const cancel = () => {
		setName("");
		setProblem(undefined);
		setError(undefined);
		props.onCancel();
	};
	let form: HTMLFormElement | undefined;
	const remove = async (event: SubmitEvent) => {
		event.preventDefault();
		if (busy()) return;
		const { id, name: workspaceName } = props.workspace;
		setError(undefined);
		setProblem(foldText(name()) === foldText(workspaceName) ? undefined : "Type the name as shown above.");
		if (problem() !== undefined) {
			focusFirstInvalid(form);
			return;
		}
		setBusy(true);
		try {
			await deleteWorkspace(id, name().trim());
			await exitWorkspace(`${workspaceName} has been deleted, and its keys no longer work.`);
		} catch (failure) {
			const apiError = asApiError(failure);
			setProblem(apiError.about("name"));
			setError(apiError);
			focusFirstInvalid(form);
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
			description={<DeletionImpact activeKeys={props.activeKeys} people={props.people} />}
		>
			<form class="stack delete-workspace" ref={form} onSubmit={(event) => void remove(event)} noValidate>
				<Field
					label={`Type ${props.workspace.name} to confirm`}
					value={name()}
					onValue={setName}
					autocomplete="off"
					spellcheck={false}
					error={problem()}
				/>
				<Show when={problem() === undefined && error()}>{(failure) => <FailureNotice error={failure()} />}</Show>
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

function DeletionImpact(props: { activeKeys: number; people: number }) {
	const others = () => props.people - 1;
	return (
		<>
			<p>
				<Show when={props.activeKeys > 0} fallback="It has no active keys, so nothing that is running should stop.">
					<strong>{activeKeysText(props.activeKeys)}</strong> {props.activeKeys === 1 ? "stops" : "stop"} working at
					once. Anything that still sends {props.activeKeys === 1 ? "it" : "them"} is refused, including running game
					servers.
				</Show>
			</p>
			<p>
				<Show when={others() > 0}>
					{others()} {others() === 1 ? "other person loses" : "other people lose"} access.{" "}
				</Show>
				This cannot be undone.
			</p>
		</>
	);
}
