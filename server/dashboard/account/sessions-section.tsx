import { type Resource, Show } from "solid-js";

import type { AccountSession } from "../../../shared/wire.ts";
import { asApiError } from "../api/api-error.ts";
import { Delayed } from "../ui/delayed.tsx";
import { FailureNotice } from "../ui/notice.tsx";
import { Section } from "./section.tsx";
import { SessionList } from "./session-list.tsx";

export function SessionsSection(props: { sessions: Resource<AccountSession[]>; reload: () => Promise<void> }) {
	const known = () => (props.sessions.error === undefined ? props.sessions.latest : undefined);
	return (
		<Section title="Sessions" lead="Where you are signed in. Ending a session signs that browser out.">
			<div class="stack">
				<Show when={props.sessions.error !== undefined}>
					<FailureNotice error={asApiError(props.sessions.error)} onRetry={() => void props.reload()} />
				</Show>
				<Show
					when={known()}
					fallback={
						<Show when={props.sessions.loading}>
							<Delayed>
								<p class="muted">Loading…</p>
							</Delayed>
						</Show>
					}
				>
					{(sessions) => <SessionList sessions={sessions()} onEnded={props.reload} />}
				</Show>
			</div>
		</Section>
	);
}
