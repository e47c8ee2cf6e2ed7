import { createSignal, Show } from "solid-js";

import type { Account } from "../../../shared/wire.ts";
import { NEW_PASSWORD_HINT, newPasswordProblem } from "../account/new-password.ts";
import { asApiError, type FieldProblem } from "../api/api-error.ts";
import { Button } from "../ui/button.tsx";
import { checkText } from "../ui/check-text.ts";
import { Field } from "../ui/field.tsx";
import { createForm } from "../ui/form.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { PasswordField } from "../ui/password-field.tsx";
import { createFirstAccount } from "./setup-api.ts";

/** Name, e-mail address and password of the first account. */
export function FirstAccountForm(props: {
	token: string;
	onCreated: (user: Account) => Promise<void>;
	onInvalid: () => void;
}) {
	const [name, setName] = createSignal("");
	const [email, setEmail] = createSignal("");
	const [password, setPassword] = createSignal("");

	const check = async (): Promise<FieldProblem | undefined> => {
		const problem = await checkText("name", "account name", name());
		if (problem !== undefined) return problem;
		if (!/^\S+@\S+$/.test(email().trim())) return { path: "email", message: "Enter your e-mail address." };
		const message = newPasswordProblem(password());
		return message === undefined ? undefined : { path: "password", message };
	};
	const form = createForm({
		fields: ["name", "email", "password"],
		check,
		send: async () => {
			const account = { name: name().trim(), email: email().trim(), password: password(), setup: props.token };
			try {
				await props.onCreated(await createFirstAccount(account));
			} catch (error) {
				if (asApiError(error).code !== "setup_token_invalid") throw error;
				props.onInvalid();
			}
		},
	});
	return (
		<form class="card pad stack" onSubmit={form.onSubmit} noValidate>
			<Field label="Name" value={name()} onValue={setName} autocomplete="name" error={form.about("name")} />
			<Field
				label="E-mail"
				type="email"
				value={email()}
				onValue={setEmail}
				autocomplete="username"
				error={form.about("email")}
			/>
			<PasswordField
				label="Password"
				value={password()}
				onValue={setPassword}
				autocomplete="new-password"
				hint={NEW_PASSWORD_HINT}
				error={form.about("password")}
			/>
			<Show when={form.failure()}>{(error) => <FailureNotice error={error()} />}</Show>
			<Button kind="primary" type="submit" busy={form.busy()}>
				Create account
			</Button>
		</form>
	);
}
