import { Show } from "solid-js";

import { NotSetUp } from "../setup/not-set-up.tsx";
import { TopBar } from "../ui/top-bar.tsx";
import { useStart } from "./session.tsx";
import { SignInPage } from "./sign-in-page.tsx";

/** Instead of a page that requires a session: the sign-in page, or how to set up a server that has no account. */
export function SignedOutPage(props: { ended: boolean; why?: string | undefined }) {
	const start = useStart();
	return (
		<>
			<TopBar />
			<Show when={start.setUp() || start.signUp() === "open"} fallback={<NotSetUp />}>
				<SignInPage ended={props.ended} why={props.why} />
			</Show>
		</>
	);
}
