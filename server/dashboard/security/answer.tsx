import { createSignal, Show } from "solid-js";

import type { ChecklistItem } from "../../../shared/wire.ts";
import { type ApiError, asApiError } from "../api/api-error.ts";
import { announce } from "../ui/announce.tsx";
import { Button } from "../ui/button.tsx";
import { FailureNotice } from "../ui/notice.tsx";
import { Ago } from "../ui/time.tsx";
import { answerItem } from "./security-api.ts";

/** Who checked a question, and the button to mark it or undo that. */
export function Answer(props: {
	workspaceId: string;
	item: ChecklistItem;
	title: string;
	manages: boolean;
	onAnswered: (item: ChecklistItem) => void;
}) {
	const [busy, setBusy] = createSignal(false);
	const [error, setError] = createSignal<ApiError>();
	const done = () => props.item.answeredAt !== null;
	const action = () => (done() ? "Undo" : "Mark as checked");
	const toggle = async () => {
		if (busy()) return;
		setBusy(true);
		setError(undefined);
		try {
			const answered = await answerItem(props.workspaceId, props.item.id, !done());
			props.onAnswered(answered);
			announce(answered.answeredAt === null ? "Marked as not checked." : "Marked as checked.");
		} catch (failure) {
			setError(asApiError(failure));
		} finally {
			setBusy(false);
		}
	};
	return (
		<div class="check-answer">
			<Show when={props.manages}>
				<Button small busy={busy()} aria-label={`${action()}: ${props.title}`} onClick={() => void toggle()}>
					{action()}
				</Button>
			</Show>
			<Show when={props.item.answeredAt} fallback={<span class="muted">Not checked yet</span>}>
				{(at) => (
					<span class="muted">
						Checked by <bdi>{props.item.answeredBy?.name ?? "someone who left"}</bdi>, <Ago at={at()} />
					</span>
				)}
			</Show>
			<Show when={error()}>{(failure) => <FailureNotice error={failure()} onRetry={() => void toggle()} />}</Show>
		</div>
	);
}
