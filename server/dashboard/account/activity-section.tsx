import { createResource, createSignal, For, Show } from "solid-js";

import type { AccountEvent, AccountEventKind } from "../../../shared/wire.ts";
import { asApiError } from "../api/api-error.ts";
import { Button } from "../ui/button.tsx";
import { Delayed } from "../ui/delayed.tsx";
import { FailureNotice } from "../ui/notice.tsx";
import { Ago } from "../ui/time.tsx";
import { listEvents } from "./account-api.ts";
import { deviceName } from "./device-name.ts";
import { Section } from "./section.tsx";

const FIRST_SHOWN = 8;

const TEXTS: Record<AccountEventKind, string> = {
	signed_in: "Signed in",
	wrong_password: "Wrong password",
	signed_out: "Signed out",
	session_ended: "Ended a session",
	other_sessions_ended: "Ended all other sessions",
	password_changed: "Changed the password",
	password_reset: "Set a new password by link",
	email_changed: "Changed the e-mail address",
};

/** What happened to the account. Loaded again when `changes` has changed. */
export function ActivitySection(props: { changes: number }) {
	const [events, { refetch }] = createResource(() => props.changes, listEvents);
	const [all, setAll] = createSignal(false);
	const known = () => (events.error === undefined ? events.latest : undefined);
	return (
		<Section
			title="Activity"
			lead="The last 90 days. If something here was not you, change your password, which ends all other sessions."
		>
			<div class="stack">
				<Show when={events.error !== undefined}>
					<FailureNotice error={asApiError(events.error)} onRetry={() => void refetch()} />
				</Show>
				<Show
					when={known()}
					fallback={
						<Show when={events.loading}>
							<Delayed>
								<p class="muted">Loading…</p>
							</Delayed>
						</Show>
					}
				>
					{(list) => (
						<>
							<Show when={list().length === 0}>
								<p class="muted">Nothing yet.</p>
							</Show>
							<ul class="sessions account-events" aria-label="Activity of your account">
								<For each={all() ? list() : list().slice(0, FIRST_SHOWN)}>{(event) => <Event event={event} />}</For>
							</ul>
							<Show when={!all() && list().length > FIRST_SHOWN}>
								<Button onClick={() => setAll(true)}>Show all {list().length}</Button>
							</Show>
						</>
					)}
				</Show>
			</div>
		</Section>
	);
}

function Event(props: { event: AccountEvent }) {
	return (
		<li>
			<div class="grow">
				<p class="session-name">
					{/* The server may be newer than this page. */}
					<span classList={{ "event-wrong": props.event.kind === "wrong_password" }}>
						{(TEXTS as Partial<Record<string, string>>)[props.event.kind] ?? props.event.kind}
					</span>
					<Show when={props.event.count > 1}>
						<span class="chip">
							<span>{props.event.count} times</span>
						</span>
					</Show>
				</p>
				<p class="muted small">
					<Ago at={props.event.at} /> · <bdi>{deviceName(props.event.userAgent)}</bdi>
					<Show when={props.event.address}>{(address) => <> · {address()}</>}</Show>
				</p>
			</div>
		</li>
	);
}
