import { createSignal, Show } from "solid-js";

import { announce } from "../ui/announce.tsx";
import { createForm } from "../ui/form.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { PasswordField } from "../ui/password-field.tsx";
import { changePassword } from "./account-api.ts";
import { NEW_PASSWORD_HINT, newPasswordProblem } from "./new-password.ts";
import { SaveLine, Section } from "./section.tsx";

export function PasswordForm(props: { email: string; onChanged: () => void }) {
	const [current, setCurrent] = createSignal("");
	const [next, setNext] = createSignal("");
	const [saved, setSaved] = createSignal(false);
	const form = createForm({
		fields: ["currentPassword", "newPassword"],
		check: () => {
			if (current() === "") return { path: "currentPassword", message: "Enter your current password." };
			const message = newPasswordProblem(next());
			return message === undefined ? undefined : { path: "newPassword", message };
		},
		send: async () => {
			await changePassword(current(), next());
			setCurrent("");
			setNext("");
			setSaved(true);
			announce("Password changed");
			props.onChanged();
		},
	});
	const typing = (set: (text: string) => void) => (text: string) => {
		set(text);
		setSaved(false);
	};
	return (
		<Section title="Password" lead="Changing it ends your sessions in other browsers; this one stays.">
			<form class="stack" onSubmit={form.onSubmit} noValidate>
				{/* Tells password managers whose password this is. */}
				<input type="text" autocomplete="username" value={props.email} readOnly hidden />
				<PasswordField
					label="Current password"
					value={current()}
					onValue={typing(setCurrent)}
					autocomplete="current-password"
					error={form.about("currentPassword")}
				/>
				<PasswordField
					label="New password"
					value={next()}
					onValue={typing(setNext)}
					autocomplete="new-password"
					hint={NEW_PASSWORD_HINT}
					error={form.about("newPassword")}
				/>
				<Show when={form.failure()}>{(error) => <FailureNotice error={error()} />}</Show>
				<SaveLine text="Change password" busy={form.busy()} saved={saved() ? "Changed" : undefined} />
			</form>
		</Section>
	);
}
