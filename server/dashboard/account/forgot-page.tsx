import "../styles/account.css";

import { A } from "@solidjs/router";
import { createSignal, Match, Show, Switch } from "solid-js";

import { asApiError } from "../api/api-error.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { createForm } from "../ui/form.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { requestPasswordReset } from "./account-api.ts";

/** `/forgot`: has a link sent, or says who can make one. */
export function ForgotPage() {
	usePageTitle(() => "Forgot your password?");
	const [email, setEmail] = createSignal("");
	const [outcome, setOutcome] = createSignal<"sent" | "no-mail">();
	const address = () => email().trim();
	return (
		<main class="enter">
			<Switch
				fallback={
					<>
						<h1>Forgot your password?</h1>
						<p class="lead">Enter your e-mail address, and a link to set a new one comes by mail.</p>
						<AskForm email={email()} onEmail={setEmail} onOutcome={setOutcome} />
					</>
				}
			>
				<Match when={outcome() === "sent"}>
					<div role="status">
						<h1>Look into your mail</h1>
						<p class="lead">
							If <bdi>{address()}</bdi> has an account here, a link to set a new password is on its way there. It works
							once, within an hour.
						</p>
					</div>
					<p class="lead">Nothing came? Look among the spam, or check the address and ask again.</p>
					<div class="enter-actions">
						<Button onClick={() => setOutcome(undefined)}>Ask again</Button>
					</div>
				</Match>
				<Match when={outcome() === "no-mail"}>
					<div role="status">
						<h1>This server sends no mail</h1>
						<p class="lead">
							Ask whoever runs it for a link to set a new password. They make one with this command, in the folder that
							the server is started in:
						</p>
					</div>
					<pre class="command mono" tabIndex={0}>
						npm run reset-password -- {address()}
					</pre>
				</Match>
			</Switch>
			<p class="enter-switch">
				<A href="/">Sign in</A>
			</p>
		</main>
	);
}

function AskForm(props: {
	email: string;
	onEmail: (email: string) => void;
	onOutcome: (outcome: "sent" | "no-mail") => void;
}) {
	const form = createForm({
		fields: ["email"],
		check: () => {
			if (/^\S+@\S+$/.test(props.email.trim())) return undefined;
			return { path: "email", message: "Enter your e-mail address." };
		},
		send: async () => {
			try {
				await requestPasswordReset(props.email.trim());
				props.onOutcome("sent");
			} catch (error) {
				if (asApiError(error).code !== "no_mail") throw error;
				props.onOutcome("no-mail");
			}
		},
	});
	return (
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
	);
}
