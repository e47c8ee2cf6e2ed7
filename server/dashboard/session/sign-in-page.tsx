import { createSignal, Show } from "solid-js";

import { Button } from "../ui/button.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { useStart } from "./session.tsx";
import { SignInForm } from "./sign-in-form.tsx";

/** Sign in or sign up. The requested page follows. */
export function SignInPage(props: { ended: boolean; why?: string | undefined }) {
	const [mode, setMode] = createSignal<"sign-in" | "sign-up">("sign-in");
	usePageTitle(() => (isNew() ? "Sign up" : "Sign in"));
	const start = useStart();
	const [closed, setClosed] = createSignal<string>();
	const isNew = () => mode() === "sign-up";
	let card: HTMLElement | undefined;
	const choose = (next: "sign-in" | "sign-up") => {
		setMode(next);
		card?.querySelector("input")?.focus();
	};
	/** Sign-up is closed, but existing accounts can still sign in. */
	const onSignUpClosed = (why: string) => {
		setClosed(why);
		setMode("sign-in");
	};
	return (
		<main class="auth">
			<h1>{isNew() ? "Create an account" : props.ended ? "Your session has ended" : "Sign in"}</h1>
			<p class="lead">
				<Show when={props.ended} fallback={props.why ?? "API keys for your Roblox games, hosted on this server."}>
					Sign in to continue where you left off.
				</Show>
			</p>
			<section class="card pad" ref={card}>
				<SignInForm mode={mode()} onSignUpClosed={onSignUpClosed} />
			</section>
			<Show
				when={closed()}
				fallback={
					<Show when={start.signUp() === "open"}>
						<p class="auth-switch">
							{isNew() ? "Already have an account?" : "New here?"}
							<Button kind="quiet" onClick={() => choose(isNew() ? "sign-in" : "sign-up")}>
								{isNew() ? "Sign in" : "Sign up"}
							</Button>
						</p>
					</Show>
				}
			>
				{(why) => (
					<div class="auth-switch" role="alert">
						{why()}
					</div>
				)}
			</Show>
		</main>
	);
}
