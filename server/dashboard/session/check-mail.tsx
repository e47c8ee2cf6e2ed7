import "../styles/account.css";

import { createSignal, onMount, Show } from "solid-js";

import { type ApiError, asApiError } from "../api/api-error.ts";
import { announce } from "../ui/announce.tsx";
import { Button } from "../ui/button.tsx";
import { Email } from "../ui/email.tsx";
import { FailureNotice } from "../ui/notice.tsx";

/** After a sign-up that waits for its e-mail address to be verified. It looks the same if the address has an account. */
export function CheckMail(props: {
	email: string;
	invited: boolean;
	onAgain: () => Promise<unknown>;
	onBack: () => void;
}) {
	const [busy, setBusy] = createSignal(false);
	const [error, setError] = createSignal<ApiError>();
	let heading: HTMLHeadingElement | undefined;
	onMount(() => heading?.focus());
	const again = async () => {
		setBusy(true);
		setError(undefined);
		try {
			await props.onAgain();
			announce("Sent again");
		} catch (failure) {
			setError(asApiError(failure));
		} finally {
			setBusy(false);
		}
	};
	return (
		<div class="stack">
			<h2 ref={heading} tabIndex={-1}>
				Check your e-mail
			</h2>
			<p>
				An e-mail is on its way to <Email address={props.email} />. Open the link in it within 24 hours, and enter the
				password you just chose.{props.invited && " Then open the invitation's link again."}
			</p>
			<p class="muted">Nothing arrived? Check your spam folder, and the address above.</p>
			<Show when={error()}>{(failure) => <FailureNotice error={failure()} />}</Show>
			<div class="auth-actions">
				<Button busy={busy()} onClick={() => void again()}>
					Send again
				</Button>
				<Button kind="quiet" onClick={props.onBack}>
					Use another address
				</Button>
			</div>
		</div>
	);
}
