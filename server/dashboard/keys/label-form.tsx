import Plus from "lucide-solid/icons/plus";
import { createEffect, createSignal, on, Show } from "solid-js";

import type { CreatedKey, Key } from "../../../shared/wire.ts";
import { asApiError } from "../api/api-error.ts";
import { createOnce } from "../api/once.ts";
import { createDraft } from "../session/draft.ts";
import { useLostThings } from "../session/lost-things.ts";
import { Button } from "../ui/button.tsx";
import { checkText } from "../ui/check-text.ts";
import { Field } from "../ui/field.tsx";
import { createForm } from "../ui/form.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { alreadyCreated, createKey, listKeys } from "./keys-api.ts";
import { LostKey } from "./lost-key.tsx";
import { isLeavingBlocked, trackPendingKey } from "./pending-key.ts";

/** Keys to look through for one whose response was lost. */
const NEWEST = 10;

interface LabelFormProps {
	workspaceId: string;
	class: string;
	/** The label until another is typed, and again once a key was created with it. */
	suggested: string;
	placeholder?: string;
	/** False if another way is recommended. */
	primary: boolean;
	/** The id of the key that the new one replaces. */
	replaces?: string;
	onCreated: (created: CreatedKey) => void;
}

/** A label field with a Generate button. Label problems show at the field, other failures below it. */
export function LabelForm(props: LabelFormProps) {
	const [label, setLabel] = createDraft(props.suggested);
	createEffect(
		on(
			() => props.suggested,
			(suggested, before) => label() === before && setLabel(suggested),
		),
	);
	/** Created, but its response did not arrive. */
	const [lost, setLost] = createSignal<Key>();
	const once = createOnce<CreatedKey>("key");
	const lostThings = useLostThings();
	const findLost = async (label: string, since: number) => {
		const { keys } = await listKeys(props.workspaceId, { limit: NEWEST });
		const alike = keys.filter((key) => key.label === label);
		const lost = lostThings.find(alike, since);
		setLost(lost);
		return lost && `its secret did not arrive. Delete the key that ends in ${lost.hint}, then generate another.`;
	};
	/** Stays the same until it is known what became of the key. */
	let attempt: string = crypto.randomUUID();
	let element: HTMLFormElement | undefined;
	const form = createForm({
		fields: ["label"],
		check: () => checkText("label", "label", label()),
		send: async () => {
			const body = { label: label().trim(), replaces: props.replaces };
			setLost(undefined);
			try {
				const find = (since: number) => findLost(body.label, since);
				const created = await trackPendingKey(once(() => createKey(props.workspaceId, body, attempt), find));
				attempt = crypto.randomUUID();
				lostThings.arrived(created.key);
				props.onCreated(created);
			} catch (failure) {
				const error = asApiError(failure);
				setLost((known) => known ?? alreadyCreated(error));
				// It is known what became of that key.
				if (lost() || error.code === "idempotency_key_reused") attempt = crypto.randomUUID();
				throw error;
			}
			setLabel(props.suggested);
		},
	});
	const startAgain = () => {
		setLost(undefined);
		form.clear();
		element?.querySelector<HTMLElement>("[type=submit]")?.focus();
	};

	return (
		<>
			<form class={props.class} ref={element} noValidate onSubmit={form.onSubmit}>
				<Field
					label="Label"
					value={label()}
					onValue={(value) => {
						setLabel(value);
						form.clearProblem("label");
					}}
					placeholder={props.placeholder}
					autocomplete="off"
					error={form.about("label")}
				/>
				<Button kind={props.primary ? "primary" : undefined} type="submit" icon={<Plus />} busy={form.busy()}>
					Generate
				</Button>
			</form>
			<Show when={isLeavingBlocked()}>
				<p class="muted">Please wait: the new key is about to be shown here, and nowhere else.</p>
			</Show>
			<Show
				when={form.failure() && lost()}
				fallback={
					<Show when={form.failure()}>{(failure) => <FailureNotice error={failure()} onRetry={form.retry} />}</Show>
				}
			>
				{(key) => <LostKey workspaceId={props.workspaceId} lost={key()} onSettled={startAgain} />}
			</Show>
		</>
	);
}
