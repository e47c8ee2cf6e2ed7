import { createSignal, Show } from "solid-js";

import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { createForm } from "../ui/form.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { PasswordField } from "../ui/password-field.tsx";
import { deleteAccount } from "./account-api.ts";
import { Section } from "./section.tsx";

export function DeleteSection(props: { email: string; onDeleted: () => void }) {
	const [asking, setAsking] = createSignal(false);
	return (
		<Section
			title="Delete account"
			lead="This also deletes workspaces that only you are in, and their keys stop working."
		>
			<Button kind="danger" onClick={() => setAsking(true)}>
				Delete account
			</Button>
			<Dialog
				alert
				open={asking()}
				onDismiss={() => setAsking(false)}
				title="Delete your account?"
				description={
					<>
						<p>
							Workspaces that only you are in are deleted too: their keys stop working at once, including in running
							game servers.
						</p>
						<p>You leave all other workspaces. Keys you created there keep working.</p>
						<p>This cannot be undone.</p>
					</>
				}
			>
				<DeleteForm email={props.email} onCancel={() => setAsking(false)} onDeleted={props.onDeleted} />
			</Dialog>
		</Section>
	);
}

function DeleteForm(props: { email: string; onCancel: () => void; onDeleted: () => void }) {
	const [password, setPassword] = createSignal("");
	const form = createForm({
		fields: ["password"],
		check: () => (password() === "" ? { path: "password", message: "Enter your password." } : undefined),
		send: async () => {
			await deleteAccount(password());
			props.onDeleted();
		},
	});
	return (
		<form class="stack delete-form" onSubmit={form.onSubmit} noValidate>
			<input type="text" autocomplete="username" value={props.email} readOnly hidden />
			<PasswordField
				label="Your password"
				value={password()}
				onValue={setPassword}
				autocomplete="current-password"
				error={form.about("password")}
			/>
			<Show when={form.failure()}>{(error) => <FailureNotice error={error()} />}</Show>
			<div class="foot">
				<Button onClick={props.onCancel}>Cancel</Button>
				<Button kind="danger" type="submit" busy={form.busy()}>
					Delete account
				</Button>
			</div>
		</form>
	);
}
