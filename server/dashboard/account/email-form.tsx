import { createSignal, Show } from "solid-js";

import type { Account } from "../../../shared/wire.ts";
import { announce } from "../ui/announce.tsx";
import { Field } from "../ui/field.tsx";
import { createForm } from "../ui/form.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { PasswordField } from "../ui/password-field.tsx";
import { changeEmail } from "./account-api.ts";
import { SaveLine, Section } from "./section.tsx";

export function EmailForm(props: { account: Account; onChanged: (account: Account) => void }) {
	const [email, setEmail] = createSignal(props.account.email);
	const [password, setPassword] = createSignal("");
	const [saved, setSaved] = createSignal(false);
	const form = createForm({
		fields: ["email", "password"],
		check: () => {
			if (!/^\S+@\S+$/.test(email().trim())) return { path: "email", message: "Enter your e-mail address." };
			return password() === "" ? { path: "password", message: "Enter your password." } : undefined;
		},
		send: async () => {
			const account = await changeEmail(email().trim(), password());
			setEmail(account.email);
			setPassword("");
			setSaved(true);
			announce("E-mail address saved");
			props.onChanged(account);
		},
	});
	const type = (text: string) => {
		setEmail(text);
		setSaved(false);
	};
	return (
		<Section title="E-mail address" lead="You sign in with it. People in your workspaces can see it.">
			<form class="stack" onSubmit={form.onSubmit} noValidate>
				<Field
					label="E-mail"
					type="email"
					value={email()}
					onValue={type}
					autocomplete="username"
					error={form.about("email")}
				/>
				<PasswordField
					label="Your password"
					value={password()}
					onValue={setPassword}
					autocomplete="current-password"
					hint="Required so that no one else can take over your account."
					error={form.about("password")}
				/>
				<Show when={form.failure()}>{(error) => <FailureNotice error={error()} />}</Show>
				<SaveLine text="Save e-mail address" busy={form.busy()} saved={saved() ? "Saved" : undefined} />
			</form>
		</Section>
	);
}
