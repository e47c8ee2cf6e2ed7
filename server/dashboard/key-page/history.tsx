import { A } from "@solidjs/router";
import { For, Show } from "solid-js";

import { EntryText } from "../activity/entry-text.tsx";
import { FailureNotice } from "../ui/notice.tsx";
import { Ago } from "../ui/time.tsx";
import { useWorkspace } from "../workspaces/workspace-page.tsx";
import type { KeyHistory, Part } from "./key-page-state.ts";

/** A key's activity, newest first. */
export function History(props: { history: Part<KeyHistory>; onRetry: () => void }) {
	const workspace = useWorkspace();
	const activityHref = (keyId = "") => `/workspaces/${workspace().id}/activity?key=${encodeURIComponent(keyId)}`;
	return (
		<section class="card pad events">
			<h2>History</h2>
			<Show
				when={props.history.value}
				fallback={
					<Show when={props.history.error}>
						{(error) => <FailureNotice error={error()} onRetry={() => props.onRetry()} />}
					</Show>
				}
			>
				{(history) => (
					<>
						<ul class="history">
							<For each={history().entries} fallback={<li class="muted">No activity yet.</li>}>
								{(entry) => (
									<li>
										<span>
											<EntryText entry={entry} />
										</span>
										<span class="muted num">
											<Ago at={entry.at} />
										</span>
									</li>
								)}
							</For>
						</ul>
						<Show when={history().more}>
							<p class="muted small">
								Older entries are under <A href={activityHref(history().entries[0]?.key?.id)}>Activity</A>.
							</p>
						</Show>
					</>
				)}
			</Show>
		</section>
	);
}
