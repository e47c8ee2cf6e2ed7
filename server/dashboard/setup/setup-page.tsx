import "../styles/account.css";

import { A, useLocation, useNavigate } from "@solidjs/router";
import { createRenderEffect, createSignal, Match, Switch, untrack } from "solid-js";

import { FocusedHeading } from "../account/focused-heading.tsx";
import { useSession, useStart } from "../session/session.tsx";
import { Delayed } from "../ui/delayed.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { FirstAccountForm } from "./first-account-form.tsx";
import { isSetupLinkDead } from "./setup-api.ts";
import { WhereTheLinkIs } from "./where-the-link-is.tsx";

/** Also of an AUXVYN_SETUP_TOKEN. */
const SHORTEST_TOKEN = 32;

/** `/setup#token=…`: creates the first account. The fragment reaches the server only in the bodies of requests. */
export function SetupPage() {
	usePageTitle(() => "Set up this server");
	const session = useSession();
	const start = useStart();
	const navigate = useNavigate();
	const location = useLocation();
	const [token, setToken] = createSignal<string>();
	// Where everyone may sign up, a token can be valid although none is needed.
	const [state, setState] = createSignal<"checking" | "open" | "invalid" | "done">(
		untrack(() => start.setUp() && start.signUp() !== "open") ? "done" : "open",
	);
	const isIncomplete = () => (token()?.length ?? 0) < SHORTEST_TOKEN;
	const look = async (given: string) => {
		if (state() === "done") return;
		setState("checking");
		const next = (await isSetupLinkDead(given)) ? "invalid" : "open";
		if (token() === given) setState((now) => (now === "checking" ? next : now));
	};
	// Also when a new link is opened in this tab, which changes only the fragment.
	createRenderEffect(() => {
		const given = tokenOf(location.hash);
		if (given === undefined) return;
		setToken(given);
		void untrack(() => look(given));
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
					<FocusedHeading>{isIncomplete() ? "This link is incomplete" : "This link no longer works"}</FocusedHeading>
					<p class="lead">
						{isIncomplete()
							? "Its end is missing. Copy all of it from the terminal, where it may continue on the next line."
							: "It was used, is older than 24 hours, or was not copied completely."}
					</p>
					<WhereTheLinkIs />
				</Match>
				<Match when={state() === "checking"}>
					<Delayed>
						<p class="muted" role="status">
							Checking the link…
						</p>
					</Delayed>
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
