import "../styles/account.css";

import { A, useLocation, useNavigate } from "@solidjs/router";
import { createRenderEffect, createSignal, Match, Switch, untrack } from "solid-js";

import { FocusedHeading } from "../account/focused-heading.tsx";
import { useSession, useStart } from "../session/session.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { FirstAccountForm } from "./first-account-form.tsx";
import { WhereTheLinkIs } from "./where-the-link-is.tsx";

/** `/setup#token=…`: creates the first account. The fragment only reaches the server when the form is sent. */
export function SetupPage() {
	usePageTitle(() => "Set up this server");
	const session = useSession();
	const start = useStart();
	const navigate = useNavigate();
	const location = useLocation();
	const [token, setToken] = createSignal<string>();
	// Where everyone may sign up, a token can be valid although none is needed.
	const [state, setState] = createSignal(untrack(() => start.setUp() && start.signUp() !== "open") ? "done" : "open");
	// Also when a new link is opened in this tab, which changes only the fragment.
	createRenderEffect(() => {
		const given = tokenOf(location.hash);
		if (given === undefined) return;
		setToken(given);
		setState((now) => (now === "done" ? now : "open"));
		// Keeps the token out of the address bar and the history.
		navigate("/setup", { replace: true });
	});

	return (
		<main class="auth">
			<Switch>
				<Match when={state() === "done"}>
					<h1>This server is already set up</h1>
					<p class="lead">Its set-up links no longer work. Sign in, or ask a workspace owner for an invitation.</p>
					<div class="auth-actions">
						<A class="btn primary" href="/">
							Open the dashboard
						</A>
					</div>
				</Match>
				<Match when={state() === "open" && token()}>
					{(given) => (
						<>
							<h1>Set up this server</h1>
							<p class="lead">Create the first account. It gets a workspace of its own, and can invite others to it.</p>
							<FirstAccountForm
								token={given()}
								onCreated={async (user) => {
									await session.signedIn(user);
									navigate("/", { replace: true });
								}}
								onInvalid={() => setState("invalid")}
							/>
						</>
					)}
				</Match>
				<Match when={state() === "invalid"}>
					<FocusedHeading>This link no longer works</FocusedHeading>
					<p class="lead">It was used, is older than 24 hours, or was not copied completely.</p>
					<WhereTheLinkIs />
				</Match>
				<Match when={true}>
					<h1>Open the set-up link</h1>
					<WhereTheLinkIs />
				</Match>
			</Switch>
		</main>
	);
}

/** AUXVYN_SETUP_TOKEN may hold characters that a browser encodes. */
function tokenOf(hash: string): string | undefined {
	const token = /^#token=(.+)$/.exec(hash)?.[1];
	try {
		return token && decodeURIComponent(token);
	} catch {
		return token;
	}
}
