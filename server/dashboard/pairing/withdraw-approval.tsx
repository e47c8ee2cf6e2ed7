import { A } from "@solidjs/router";
import { createSignal, Show } from "solid-js";

import { type ApiError, asApiError } from "../api/api-error.ts";
import { Button } from "../ui/button.tsx";
import { FailureNotice } from "../ui/notice.tsx";

/** An approval can be withdrawn until the key is first used. */
export function WithdrawApproval(props: { deny: () => Promise<void> }) {
	const [busy, setBusy] = createSignal(false);
	const [error, setError] = createSignal<ApiError>();
	const deny = async () => {
		setBusy(true);
		await props.deny().catch((failure: unknown) => setError(asApiError(failure)));
		setBusy(false);
	};
	return (
		<div class="stack">
			<p class="small muted">Not you? Deny withdraws the approval, and the key will never work.</p>
			<div class="outcome-actions">
				<Button kind="danger" small busy={busy()} onClick={() => void deny()}>
					Deny
				</Button>
				<A class="btn quiet small" href="/">
					See your keys
				</A>
			</div>
			<Show when={error()}>{(failure) => <FailureNotice error={failure()} />}</Show>
		</div>
	);
}
