import { createSignal, Show } from "solid-js";

import { useStart } from "../session/session.tsx";
import { SignInForm } from "../session/sign-in-form.tsx";
import { Segmented } from "../ui/segmented.tsx";

type Mode = "sign-up" | "sign-in";

const MODES: { value: Mode; text: string }[] = [
	{ value: "sign-up", text: "I am new here" },
	{ value: "sign-in", text: "I have an account" },
];

/** Invited users sign in, or sign up unless sign-up is closed. */
export function SignInCard(props: { token: string }) {
	const start = useStart();
	const [chosen, setChosen] = createSignal<Mode>("sign-up");
	const [closed, setClosed] = createSignal<string>();
	const canSignUp = () => start.signUp() !== "closed" && closed() === undefined;
	const mode = () => (canSignUp() ? chosen() : "sign-in");
	return (
		<section class="card pad stack">
			<Show
				when={canSignUp()}
				fallback={<p class="muted">{closed() ?? "Sign in to accept. Sign-up is closed on this server."}</p>}
			>
				<Segmented legend="Your account" hideLegend options={MODES} value={chosen()} onValue={setChosen} />
			</Show>
			<SignInForm mode={mode()} invitation={props.token} onSignUpClosed={setClosed} />
		</section>
	);
}
