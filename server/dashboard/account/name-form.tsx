import { createSignal, Show } from "solid-js";

import type { Account } from "../../../shared/wire.ts";
import { announce } from "../ui/announce.tsx";
import { checkText } from "../ui/check-text.ts";
import { Field } from "../ui/field.tsx";
import { createForm } from "../ui/form.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { changeName } from "./account-api.ts";
import { SaveLine, Section } from "./section.tsx";

export function NameForm(props: { account: Account; onChanged: (account: Account) => void }) {
	const [name, setName] = createSignal(props.account.name);
	const [saved, setSaved] = createSignal(false);
	const form = createForm({
		fields: ["name"],
		check: () => checkText("name", "account name", name()),
		send: async () => {
			const account = await changeName(name().trim());
			setName(account.name);
			setSaved(true);
			announce("Name saved");
			props.onChanged(account);
		},
	});
	const type = (text: string) => {
		setName(text);
		setSaved(false);
	};
	return (
		<Section title="Your name" lead="Everyone in your workspaces can see it.">
			<form class="stack" onSubmit={form.onSubmit} noValidate>
				<Field label="Name" value={name()} onValue={type} autocomplete="name" error={form.about("name")} />
				<Show when={form.failure()}>{(error) => <FailureNotice error={error()} />}</Show>
				<SaveLine text="Save name" busy={form.busy()} saved={saved() ? "Saved" : undefined} />
			</form>
		</Section>
	);
}
