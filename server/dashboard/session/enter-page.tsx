import { createSignal, Show } from "solid-js";

import { Button } from "../ui/button.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { Brand } from "../ui/top-bar.tsx";
import { EnterForm } from "./enter-form.tsx";
import { useStart } from "./session.tsx";

/** Sign in or sign up: whoever gets through goes on at the address they came to. */
export function EnterPage(props: { over: boolean; why?: string | undefined }) {
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
	/** There is nothing more to ask for then, but an account one already has still gets in. */
	const onSignUpClosed = (why: string) => {
		setClosed(why);
		setMode("sign-in");
	};
	return (
		<main class="enter">
			<Brand />
			<h1>{isNew() ? "Create an account" : props.over ? "Your session is over" : "Sign in"}</h1>
			<p class="lead">
				<Show when={props.over} fallback={props.why ?? "API keys for your Roblox games, kept on this server."}>
					Sign in again and go on where you were.
				</Show>
			</p>
			<section class="card pad" ref={card}>
				<EnterForm mode={mode()} onSignUpClosed={onSignUpClosed} />
			</section>
			<Show
				when={closed()}
				fallback={
					<Show when={start.signUp() === "open"}>
						<p class="enter-switch">
							{isNew() ? "You have an account?" : "New here?"}
							<Button kind="quiet" onClick={() => choose(isNew() ? "sign-in" : "sign-up")}>
								{isNew() ? "Sign in" : "Sign up"}
							</Button>
						</p>
					</Show>
				}
			>
				{(why) => (
					<div class="enter-switch" role="alert">
						{why()}
					</div>
				)}
			</Show>
		</main>
	);
}
