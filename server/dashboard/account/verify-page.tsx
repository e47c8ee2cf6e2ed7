import "../styles/account.css";

import { A, useLocation, useNavigate } from "@solidjs/router";
import { createSignal, Match, Show, Switch, untrack } from "solid-js";

import type { Account } from "../../../shared/wire.ts";
import { asApiError } from "../api/api-error.ts";
import { useSession } from "../session/session.tsx";
import { Button } from "../ui/button.tsx";
import { createForm } from "../ui/form.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { PasswordField } from "../ui/password-field.tsx";
import { verifyEmail } from "./account-api.ts";
import { FocusedHeading } from "./focused-heading.tsx";

const TOKEN = /^#[A-Za-z0-9_-]{43}$/;

/** `/verify#<token>`: completes a sign-up. The fragment only reaches the server when the form is sent. */
export function VerifyPage() {
	usePageTitle(() => "Verify your e-mail address");
	const session = useSession();
	const navigate = useNavigate();
	const hash = untrack(() => useLocation().hash);
	const token = TOKEN.test(hash) ? hash.slice(1) : undefined;
	const [state, setState] = createSignal<"open" | "invalid">(token === undefined && hash !== "" ? "invalid" : "open");
	// Keeps the token out of the address bar and the history.
	if (token !== undefined) navigate("/verify", { replace: true });
	const onVerified = async (user: Account) => {
		await session.signedIn(user);
		navigate("/", { replace: true });
	};
	return (
		<main class="auth">
			<Switch>
				<Match when={state() === "open" && token}>
					{(open) => (
						<>
							<h1>Verify your e-mail address</h1>
							<p class="lead">
								Enter the password you chose when you signed up. If it was not you who signed up, close this page.
							</p>
							<VerifyForm token={open()} onVerified={onVerified} onInvalid={() => setState("invalid")} />
						</>
					)}
				</Match>
				<Match when={state() === "open"}>
					<FocusedHeading>Open the link in the e-mail</FocusedHeading>
					<p class="lead">
						It leads back here. If it has been opened already, open it again: reloading this page loses it.
					</p>
				</Match>
				<Match when={state() === "invalid"}>
					<FocusedHeading>This link no longer works</FocusedHeading>
					<p class="lead">
						It was already used, is older than 24 hours, or was not copied completely. If you have an account already,
						sign in; otherwise sign up again.
					</p>
					<div class="auth-actions">
						<A class="btn primary" href="/">
							Sign in or sign up
						</A>
					</div>
				</Match>
			</Switch>
		</main>
	);
}

function VerifyForm(props: { token: string; onVerified: (user: Account) => Promise<void>; onInvalid: () => void }) {
	const [password, setPassword] = createSignal("");
	const form = createForm({
		fields: ["password"],
		check: () => (password() === "" ? { path: "password", message: "Enter your password." } : undefined),
		send: async () => {
			try {
				await props.onVerified(await verifyEmail(props.token, password()));
			} catch (error) {
				if (asApiError(error).code !== "expired_link") throw error;
				props.onInvalid();
			}
		},
	});
	return (
		<form class="card pad stack" onSubmit={form.onSubmit} noValidate>
			<PasswordField
				label="Password"
				value={password()}
				onValue={setPassword}
				autocomplete="current-password"
				error={form.about("password")}
			/>
			<Show when={form.failure()}>{(error) => <FailureNotice error={error()} />}</Show>
			<Button kind="primary" type="submit" busy={form.busy()}>
				Create account
			</Button>
		</form>
	);
}
