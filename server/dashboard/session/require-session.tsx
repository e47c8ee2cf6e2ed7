import { type JSX, lazy, Match, Switch } from "solid-js";

import { LazyPage } from "../ui/lazy-page.tsx";
import { type SessionState, useSession } from "./session.tsx";
import { SessionFailed } from "./session-failed.tsx";

const SignedOutPage = lazy(async () => ({ default: (await import("./signed-out-page.tsx")).SignedOutPage }));

/**
 * Renders its children when signed in, else the sign-in page at the same URL, so that a link or code in it survives
 * signing in. Another account gets fresh pages.
 */
export function RequireSession(props: { children: JSX.Element; why?: string | undefined }) {
	const session = useSession();
	const failure = () => narrow(session.state(), "failed");
	const signedOut = () => narrow(session.state(), "signed-out");
	const userId = () => narrow(session.state(), "signed-in")?.user.id;
	return (
		<Switch>
			<Match when={failure()}>{(state) => <SessionFailed error={state().error} />}</Match>
			<Match when={signedOut()}>
				{(state) => (
					<LazyPage>
						<SignedOutPage ended={state().ended} why={props.why} />
					</LazyPage>
				)}
			</Match>
			<Match when={userId()} keyed>
				{props.children}
			</Match>
		</Switch>
	);
}

function narrow<Name extends SessionState["name"]>(state: SessionState, name: Name) {
	return state.name === name ? (state as Extract<SessionState, { name: Name }>) : undefined;
}
