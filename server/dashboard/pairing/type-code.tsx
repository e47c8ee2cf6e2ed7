import { createSignal, onMount, Show } from "solid-js";

import type { Pairing } from "../../../shared/wire.ts";
import { type ApiError, asApiError } from "../api/api-error.ts";
import { Button } from "../ui/button.tsx";
import { FailureNotice } from "../ui/notice.tsx";
import { CodeEntry } from "./code-entry.tsx";
import { NetworkNotice } from "./network-notice.tsx";

/** For a linked code from another network: only someone who sees Studio can go on. */
export function TypeCode(props: {
	pairing: Pairing;
	button: string;
	onCode: (code: string) => void;
	deny: () => Promise<void>;
}) {
	const [error, setError] = createSignal<ApiError>();
	let heading: HTMLHeadingElement | undefined;
	onMount(() => heading?.focus({ preventScroll: true }));
	return (
		<>
			<h1 ref={heading} tabindex="-1">
				Enter the code from Studio
			</h1>
			<p class="lead">Read it off Studio itself, not off the link or message that brought you here.</p>
			<section class="card pad stack">
				<NetworkNotice requestedFrom={props.pairing.requestedFrom} button={props.button} />
				<CodeEntry onCode={props.onCode} />
				<Show when={error()}>{(failure) => <FailureNotice error={failure()} />}</Show>
				<div class="answer">
					<Button onClick={() => void props.deny().catch((failure: unknown) => setError(asApiError(failure)))}>
						Deny
					</Button>
				</div>
			</section>
		</>
	);
}
