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
import { Turn } from "./turn.tsx";

/** `/forgot`: has a link sent, or says who can make one. */
export function ForgotPage() {
	usePageTitle(() => "Forgot your password?");
	const start = useStart();
	const [email, setEmail] = createSignal("");
	const [sent, setSent] = createSignal(false);
	return (
		<main class="enter">
			<Show when={start.mail()} fallback={<AskWhoeverRunsIt />}>
				<Show when={sent()} fallback={<Ask email={email()} onEmail={setEmail} onSent={() => setSent(true)} />}>
					<Turn>Look into your mail</Turn>
					<p class="lead">
						If <bdi>{email().trim()}</bdi> has an account here, a link to set a new password is on its way there. It
						works once, within an hour.
					</p>
					<p class="lead">Nothing came? Look among the spam, or check the address and ask again.</p>
					<div class="enter-actions">
						<Button onClick={() => setSent(false)}>Ask again</Button>
						<BackToSignIn />
					</div>
				</Show>
			</Show>
		</main>
	);
}

function Ask(props: { email: string; onEmail: (email: string) => void; onSent: () => void }) {
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
			<p class="lead">Enter your e-mail address, and a link to set a new one comes by mail.</p>
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
			<div class="enter-actions">
				<BackToSignIn />
			</div>
		</>
	);
}

function AskWhoeverRunsIt() {
	return (
		<>
			<h1>Forgot your password?</h1>
			<p class="lead">
				This server sends no mail. Ask whoever runs it for a link to set a new password. They make one with this
				command, in the folder that the server is started in:
			</p>
			<pre class="command mono">npm run reset-password -- your@e-mail.address</pre>
			<div class="enter-actions">
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
