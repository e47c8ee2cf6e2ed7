import "../styles/account.css";

import { A, useLocation, useNavigate } from "@solidjs/router";
import { createSignal, Match, Show, Switch } from "solid-js";

import { asApiError } from "../api/api-error.ts";
import { useSession } from "../session/session.tsx";
import { Button } from "../ui/button.tsx";
import { createForm } from "../ui/form.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { PasswordField } from "../ui/password-field.tsx";
import { resetPassword } from "./account-api.ts";
import { NEW_PASSWORD_HINT, newPasswordProblem } from "./new-password.ts";
import { Turn } from "./turn.tsx";

const TOKEN = /^#[A-Za-z0-9_-]{43}$/;

/** `/reset#<token>`: sets a new password. What is behind the # never reaches a server but in the form. */
export function ResetPage() {
	usePageTitle(() => "Set a new password");
	const session = useSession();
	const location = useLocation();
	const navigate = useNavigate();
	const token = TOKEN.test(location.hash) ? location.hash.slice(1) : undefined;
	const [state, setState] = createSignal<"open" | "dead" | "done">(token === undefined ? "dead" : "open");

	const done = () => {
		setState("done");
		// It is worth nothing any more, and nobody is to wonder.
		navigate("/reset", { replace: true });
	};
	/** All sessions have ended, this browser's too. */
	const signIn = () => {
		navigate("/");
		void session.reload();
	};
	return (
		<main class="enter">
			<Switch>
				<Match when={state() === "open" && token}>
					{(open) => (
						<>
							<h1>Set a new password</h1>
							<p class="lead">All your sessions end, in every browser. Sign in with the new password then.</p>
							<ResetForm token={open()} onDone={done} onDead={() => setState("dead")} />
						</>
					)}
				</Match>
				<Match when={state() === "dead"}>
					<Turn>This link does not work any more</Turn>
					<p class="lead">It was used already, is older than an hour, or was not copied as a whole.</p>
					<div class="enter-actions">
						<A class="btn primary" href="/forgot">
							Ask for a new link
						</A>
					</div>
				</Match>
				<Match when={state() === "done"}>
					<Turn>Your new password is set</Turn>
					<p class="lead">The old one opens nothing any more.</p>
					<div class="enter-actions">
						<Button kind="primary" onClick={signIn}>
							Sign in
						</Button>
					</div>
				</Match>
			</Switch>
		</main>
	);
}

function ResetForm(props: { token: string; onDone: () => void; onDead: () => void }) {
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
				props.onDead();
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
