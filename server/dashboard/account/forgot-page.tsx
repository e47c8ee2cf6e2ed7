import "../styles/account.css";

import { A } from "@solidjs/router";
import { createSignal, Show } from "solid-js";

import { useStart } from "../session/session.tsx";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { createForm } from "../ui/form.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { requestPasswordReset } from "./account-api.ts";
import { FocusedHeading } from "./focused-heading.tsx";

/** `/forgot`: requests a reset link, or says who can create one. */
export function ForgotPage() {
	usePageTitle(() => "Forgot your password?");
	const start = useStart();
	const [email, setEmail] = createSignal("");
	const [sent, setSent] = createSignal(false);
	return (
		<main class="auth">
			<Show when={start.mail()} fallback={<NoMail />}>
				<Show when={sent()} fallback={<RequestForm email={email()} onEmail={setEmail} onSent={() => setSent(true)} />}>
					<FocusedHeading>Check your e-mail</FocusedHeading>
					<p class="lead">
						If <bdi>{email().trim()}</bdi> has an account here, a link to set a new password is on its way. It works
						once, within an hour.
					</p>
					<p class="lead">Nothing arrived? Check your spam folder, or check the address and try again.</p>
					<div class="auth-actions">
						<Button onClick={() => setSent(false)}>Try again</Button>
						<BackToSignIn />
					</div>
				</Show>
			</Show>
		</main>
	);
}

function RequestForm(props: { email: string; onEmail: (email: string) => void; onSent: () => void }) {
	const form = createForm({
		fields: ["email"],
		check: () => {
			if (/^\S+@\S+$/.test(props.email.trim())) return undefined;
			return { path: "email", message: "Enter your e-mail address." };
		},
		send: async () => {
			await requestPasswordReset(props.email.trim());
			props.onSent();
		},
	});
	return (
		<>
			<h1>Forgot your password?</h1>
			<p class="lead">Enter your e-mail address to receive a link for setting a new one.</p>
			<form class="card pad stack" onSubmit={form.onSubmit} noValidate>
				<Field
					label="E-mail"
					type="email"
					value={props.email}
					onValue={props.onEmail}
					autocomplete="username"
					error={form.about("email")}
				/>
				<Show when={form.failure()}>{(error) => <FailureNotice error={error()} />}</Show>
				<Button kind="primary" type="submit" busy={form.busy()}>
					Send link
				</Button>
			</form>
			<div class="auth-actions">
				<BackToSignIn />
			</div>
		</>
	);
}

function NoMail() {
	return (
		<>
			<h1>Forgot your password?</h1>
			<p class="lead">
				This server does not send e-mail. Ask the person who runs it for a link to set a new password. They can create
				one with this command, in the folder the server is started from:
			</p>
			<pre class="command mono">npm run reset-password -- you@example.com</pre>
			<div class="auth-actions">
				<BackToSignIn />
			</div>
		</>
	);
}

function BackToSignIn() {
	return (
		<A class="btn" href="/">
			Back to sign in
		</A>
	);
}
