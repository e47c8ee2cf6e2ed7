import { createSignal, Show } from "solid-js";

import { EnterForm } from "../session/enter-form.tsx";
import { useStart } from "../session/session.tsx";
import { Segmented } from "../ui/segmented.tsx";

type Mode = "sign-up" | "sign-in";

const MODES: { value: Mode; text: string }[] = [
	{ value: "sign-up", text: "I am new here" },
	{ value: "sign-in", text: "I have an account" },
];

/** Whoever was invited needs an account first, and may make one unless nobody may. */
export function EnterCard(props: { token: string }) {
	const start = useStart();
	const [chosen, setChosen] = createSignal<Mode>("sign-up");
	const [closed, setClosed] = createSignal<string>();
	const mayBeNew = () => start.signUp() !== "closed" && closed() === undefined;
	const mode = () => (mayBeNew() ? chosen() : "sign-in");
	return (
		<section class="card pad stack">
			<Show
				when={mayBeNew()}
				fallback={<p class="muted">{closed() ?? "Sign in to accept. No new accounts are made here."}</p>}
			>
				<Segmented legend="Your account" hideLegend options={MODES} value={chosen()} onValue={setChosen} />
			</Show>
			<EnterForm mode={mode()} invitation={props.token} onSignUpClosed={setClosed} />
		</section>
	);
}
