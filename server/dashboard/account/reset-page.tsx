import "../styles/account.css";

import { A, useLocation, useNavigate } from "@solidjs/router";
import { createRenderEffect, createSignal, Match, on, Show, Switch, untrack } from "solid-js";

import { asApiError } from "../api/api-error.ts";
import { useSession } from "../session/session.tsx";
import { Button } from "../ui/button.tsx";
import { Delayed } from "../ui/delayed.tsx";
import { createForm } from "../ui/form.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { PasswordField } from "../ui/password-field.tsx";
import { isResetLinkDead, resetPassword } from "./account-api.ts";
import { FocusedHeading } from "./focused-heading.tsx";
import { NEW_PASSWORD_HINT, newPasswordProblem } from "./new-password.ts";

const TOKEN = /^#[A-Za-z0-9_-]{43}$/;

/** `/reset#<token>`: sets a new password. The fragment reaches the server only in the bodies of requests. */
export function ResetPage() {
	usePageTitle(() => "Set a new password");
	const session = useSession();
	const location = useLocation();
	const navigate = useNavigate();
	const [token, setToken] = createSignal<string>();
	const [state, setState] = createSignal<"checking" | "open" | "invalid" | "done">("checking");
	const look = async (given: string | undefined) => {
		setToken(given);
		setState("checking");
		const isDead = given === undefined || (await isResetLinkDead(given));
		if (token() === given && state() === "checking") setState(isDead ? "invalid" : "open");
	};
	// Also when another link is opened in this tab, which changes only the fragment.
	createRenderEffect(
		on(
			() => location.hash,
			(hash) => {
				if (hash === "" && untrack(state) === "done") return;
				void look(TOKEN.test(hash) ? hash.slice(1) : undefined);
			},
		),
	);

	const done = () => {
		setState("done");
		// The token is used up: drop it from the URL.
		navigate("/reset", { replace: true });
	};
	/** All sessions have ended, including this one. */
	const signIn = () => {
		navigate("/");
		void session.reload();
	};
	return (
		<main class="auth">
			<Switch>
				<Match when={state() === "open" && token()}>
					{(open) => (
						<>
							<h1>Set a new password</h1>
							<p class="lead">This ends your sessions in every browser. Sign in again with the new password.</p>
							<ResetForm token={open()} onDone={done} onInvalid={() => setState("invalid")} />
						</>
					)}
				</Match>
				<Match when={state() === "checking"}>
					<Delayed>
						<p class="muted" role="status">
							Checking the link…
						</p>
					</Delayed>
				</Match>
				<Match when={state() === "invalid"}>
					<FocusedHeading>This link no longer works</FocusedHeading>
					<p class="lead">It was already used, is older than an hour, or was not copied completely.</p>
					<div class="auth-actions">
						<A class="btn primary" href="/forgot">
							Request a new link
						</A>
					</div>
				</Match>
				<Match when={state() === "done"}>
					<FocusedHeading>Your new password is set</FocusedHeading>
					<p class="lead">The old one no longer works.</p>
					<div class="auth-actions">
						<Button kind="primary" onClick={signIn}>
							Sign in
						</Button>
					</div>
				</Match>
			</Switch>
		</main>
	);
}

function ResetForm(props: { token: string; onDone: () => void; onInvalid: () => void }) {
	const [password, setPassword] = createSignal("");
	const form = createForm({
		fields: ["password"],
		check: () => {
			const message = newPasswordProblem(password());
			return message === undefined ? undefined : { path: "password", message };
		},
		send: async () => {
			try {
				await resetPassword(props.token, password());
				props.onDone();
			} catch (error) {
				if (asApiError(error).code !== "expired_link") throw error;
				props.onInvalid();
			}
		},
	});
	return (
		<form class="card pad stack" onSubmit={form.onSubmit} noValidate>
			<PasswordField
				label="New password"
				value={password()}
				onValue={setPassword}
				autocomplete="new-password"
				hint={NEW_PASSWORD_HINT}
				error={form.about("password")}
			/>
			<Show when={form.failure()}>{(error) => <FailureNotice error={error()} />}</Show>
			<Button kind="primary" type="submit" busy={form.busy()}>
				Set password
			</Button>
		</form>
	);
}
