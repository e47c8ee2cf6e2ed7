import ChevronDown from "lucide-solid/icons/chevron-down";
import TriangleAlert from "lucide-solid/icons/triangle-alert";
import { createSignal, For, onMount, Show } from "solid-js";

import type { Pairing } from "../../../shared/wire.ts";
import { Button } from "../ui/button.tsx";
import { checkText } from "../ui/check-text.ts";
import { now } from "../ui/clock.ts";
import { Field } from "../ui/field.tsx";
import { createForm } from "../ui/form.ts";
import { FailureNotice, Notice } from "../ui/notice.tsx";
import { lastWorkspaceId, rememberWorkspace } from "../workspaces/last-workspace.ts";
import { useWorkspaces } from "../workspaces/workspaces.tsx";
import { canManageKeys } from "../workspaces/workspaces-api.ts";
import { findWorkspace } from "./find-workspace.ts";
import type { PairingStore } from "./pairing.ts";
import { PreviousKey, suggestedFate } from "./previous-key.tsx";
import { placeLabel, suggestLabel } from "./suggest-label.ts";
import { createTakenLabels } from "./taken-labels.ts";

/** The new key's workspace and label and, on reconnect, what to do with the old key; then Approve or Deny. */
export function ApprovalForm(props: { pairing: Pairing; store: PairingStore }) {
	const workspaces = useWorkspaces();
	const choices = () => workspaces.list().filter(({ role }) => canManageKeys(role));
	const preferred = choices().find(({ id }) => id === lastWorkspaceId()) ?? choices()[0];
	const [picked, setPicked] = createSignal<string>();
	/** Where the old key is, once that is known. */
	const [home, setHome] = createSignal<string>();
	const workspaceId = () => picked() ?? home() ?? preferred?.id ?? "";
	const openedAt = now();
	const taken = createTakenLabels(workspaceId, placeLabel(props.pairing.reported));
	const [typed, setTyped] = createSignal<string>();
	const label = () => typed() ?? suggestLabel(props.pairing, openedAt, taken());
	const [fate, setFate] = createSignal(suggestedFate(props.pairing.previousKey));
	const isElsewhere = () => home() !== undefined && home() !== workspaceId();
	onMount(() => {
		const { previousKey } = props.pairing;
		if (previousKey)
			void findWorkspace(previousKey, choices()).then(
				(found) => setHome(found?.id),
				() => undefined,
			);
	});
	const [denying, setDenying] = createSignal(false);

	const form = createForm({
		fields: ["label"],
		check: () => checkText("label", "label", label()),
		send: async () => {
			const workspace = workspaceId();
			await props.store.approve({
				workspaceId: workspace,
				label: label().trim(),
				previousKey: isElsewhere() ? "keep" : fate(),
			});
			rememberWorkspace(workspace);
		},
	});
	const deny = () => {
		form.run(async () => {
			setDenying(true);
			await props.store.deny().finally(() => setDenying(false));
		});
	};

	return (
		<form class="stack" onSubmit={form.onSubmit} noValidate>
			<Show
				when={choices().length > 0}
				fallback={
					<Notice kind="warn" icon={<TriangleAlert />}>
						You cannot manage keys in any of your workspaces. Ask an owner to make you an admin, then open this page
						again.
					</Notice>
				}
			>
				<div class="field">
					<label for="pair-workspace">Workspace</label>
					<span class="select">
						<select
							id="pair-workspace"
							value={workspaceId()}
							onChange={(event) => setPicked(event.currentTarget.value)}
						>
							<For each={choices()}>{(workspace) => <option value={workspace.id}>{workspace.name}</option>}</For>
						</select>
						<ChevronDown />
					</span>
				</div>
				<Field
					label="Label for the new key"
					value={label()}
					onValue={setTyped}
					autocomplete="off"
					error={form.about("label")}
				/>
				<Show when={props.pairing.reported.intent === "reconnect"}>
					<PreviousKey
						previous={props.pairing.previousKey}
						workspaces={choices()}
						isElsewhere={isElsewhere()}
						fate={fate()}
						onFate={setFate}
					/>
				</Show>
			</Show>
			<Show when={form.failure()}>{(failure) => <FailureNotice error={failure()} />}</Show>
			<div class="answer">
				<Button busy={denying()} onClick={deny}>
					Deny
				</Button>
				<Show when={choices().length > 0}>
					<Button kind="primary" type="submit" busy={form.busy() && !denying()}>
						Approve
					</Button>
				</Show>
			</div>
		</form>
	);
}
