import CircleAlert from "lucide-solid/icons/circle-alert";
import { type JSX, Show } from "solid-js";

import type { ApiError } from "../api/api-error.ts";
import { failureText } from "../api/failure-text.ts";
import { Button } from "./button.tsx";
import { Countdown } from "./countdown.tsx";

export function Notice(props: {
	kind?: "warn" | "bad" | "good" | undefined;
	icon: JSX.Element;
	children: JSX.Element;
}) {
	return (
		<div class="note" classList={props.kind ? { [props.kind]: true } : {}}>
			{props.icon}
			<div>{props.children}</div>
		</div>
	);
}

/** A failure next to what caused it, with a retry if that can help. Announced when it appears. */
export function FailureNotice(props: { error: ApiError; onRetry?: (() => void) | undefined }) {
	const text = () => failureText(props.error);
	return (
		<div role="alert">
			<Notice kind="bad" icon={<CircleAlert />}>
				<p>
					<strong>{text().title}.</strong> {text().detail}
				</p>
				<Show when={props.error.kind === "limited" && props.error.retryAfterSeconds}>
					{(seconds) => <Countdown error={props.error} seconds={seconds()} />}
				</Show>
				<Show when={text().retry && props.onRetry}>
					{(retry) => (
						<div class="note-actions">
							<Button small onClick={() => retry()()}>
								Try again
							</Button>
						</div>
					)}
				</Show>
			</Notice>
		</div>
	);
}
