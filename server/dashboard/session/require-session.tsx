import { type JSX, Match, Switch } from "solid-js";

import { FailureNotice } from "../ui/notice.tsx";
import { EnterPage } from "./enter-page.tsx";
import { type SessionState, useSession } from "./session.tsx";

/**
 * Shows its children to somebody who is signed in, and to anybody else the way in, at the same address: so a link, or
 * a code in it, is still there afterwards. Another account gets pages of its own, nothing of the one before.
 */
export function RequireSession(props: { children: JSX.Element; why?: string | undefined }) {
	const session = useSession();
	const failure = () => narrow(session.state(), "failed");
	const signedOut = () => narrow(session.state(), "signed-out");
	const userId = () => narrow(session.state(), "signed-in")?.user.id;
	return (
		<Switch>
			<Match when={failure()}>
				{(state) => (
					<main class="narrow">
						<FailureNotice error={state().error} onRetry={() => void session.reload()} />
					</main>
				)}
			</Match>
			<Match when={signedOut()}>{(state) => <EnterPage over={state().over} why={props.why} />}</Match>
			<Match when={userId()} keyed>
				{props.children}
			</Match>
		</Switch>
	);
}

function narrow<Name extends SessionState["name"]>(state: SessionState, name: Name) {
	return state.name === name ? (state as Extract<SessionState, { name: Name }>) : undefined;
}
