import Monitor from "lucide-solid/icons/monitor";
import Smartphone from "lucide-solid/icons/smartphone";
import { createSignal, For, Show } from "solid-js";

import type { AccountSession } from "../../../shared/wire.ts";
import { type ApiError, asApiError } from "../api/api-error.ts";
import { announce } from "../ui/announce.tsx";
import { Button } from "../ui/button.tsx";
import { now } from "../ui/clock.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { Ago, Day } from "../ui/time.tsx";
import { endOtherSessions, endSession } from "./account-api.ts";
import { deviceName, isHandheld } from "./device-name.ts";

/** The resolution of `lastSeenAt`. */
const LAST_SEEN_RESOLUTION_MS = 3_600_000;

export function SessionList(props: { sessions: AccountSession[]; onEnded: () => Promise<void> }) {
	/** The id of the session being ended, or "others". */
	const [ending, setEnding] = createSignal<string>();
	const [error, setError] = createSignal<ApiError>();
	let list: HTMLUListElement | undefined;

	const end = async (what: string, work: () => Promise<void>, message: string) => {
		setEnding(what);
		setError(undefined);
		try {
			await work();
			announce(message);
			await props.onEnded();
			// The button that had the focus is gone.
			list?.focus();
		} catch (failure) {
			setError(asApiError(failure));
		} finally {
			setEnding(undefined);
		}
	};
	const others = () => props.sessions.filter(({ current }) => !current);

	return (
		<>
			<ul class="sessions" ref={list} tabIndex={-1} aria-label="Sessions">
				<For each={props.sessions}>
					{(session) => (
						<li>
							<Show when={isHandheld(session.userAgent)} fallback={<Monitor />}>
								<Smartphone />
							</Show>
							<SessionInfo session={session} />
							<Show when={!session.current}>
								<Button
									small
									busy={ending() === session.id}
									aria-label={`End ${deviceName(session.userAgent)}`}
									onClick={() => void end(session.id, () => endSession(session.id), "Session ended")}
								>
									End
								</Button>
							</Show>
						</li>
					)}
				</For>
			</ul>
			<Show when={error()}>{(failure) => <FailureNotice error={failure()} />}</Show>
			<Show when={others().length > 1}>
				<Button
					busy={ending() === "others"}
					onClick={() => void end("others", endOtherSessions, "All other sessions ended")}
				>
					End all others
				</Button>
			</Show>
		</>
	);
}

function SessionInfo(props: { session: AccountSession }) {
	const seenRecently = () => now() - Date.parse(props.session.lastSeenAt) < LAST_SEEN_RESOLUTION_MS;
	return (
		<div class="grow">
			<p class="session-name">
				<bdi>{deviceName(props.session.userAgent)}</bdi>
				<Show when={props.session.current}>
					<span class="chip">
						<span>This browser</span>
					</span>
				</Show>
			</p>
			<p class="muted small">
				Signed in <Day at={props.session.createdAt} />
				<Show when={!props.session.current}>
					{" · "}
					<Show when={!seenRecently()} fallback="seen within the last hour">
						last seen <Ago at={props.session.lastSeenAt} />
					</Show>
				</Show>
				<Show when={props.session.address}>{(address) => <> · {address()}</>}</Show>
			</p>
		</div>
	);
}
