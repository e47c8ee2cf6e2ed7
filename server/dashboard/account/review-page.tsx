import "../styles/account.css";

import { createResource, createSignal, For, Match, Show, Switch } from "solid-js";

import { type ApiError, asApiError } from "../api/api-error.ts";
import { useSession } from "../session/session.tsx";
import { announce } from "../ui/announce.tsx";
import { Button } from "../ui/button.tsx";
import { Delayed } from "../ui/delayed.tsx";
import { FailureNotice } from "../ui/notice.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { Day } from "../ui/time.tsx";
import { FocusedHeading } from "./focused-heading.tsx";
import { endReview, fetchReview } from "./review-api.ts";
import { type ReviewGroup, reviewGroups, type ReviewItem } from "./review-items.ts";

/** After the first reset of an account whose address was never verified: what to keep, and what to end. */
export function ReviewPage() {
	const session = useSession();
	const accountId = () => {
		const state = session.state();
		return state.name === "signed-in" ? state.user.id : "";
	};
	usePageTitle(() => "Is this yours?");
	const [review, { refetch }] = createResource(fetchReview);
	const [busy, setBusy] = createSignal(false);
	const [error, setError] = createSignal<ApiError>();
	const known = () => (review.error === undefined ? review.latest : undefined);
	const reload = async () => {
		await refetch();
	};
	const finish = async () => {
		setBusy(true);
		try {
			await endReview();
			await session.reload();
		} catch (failure) {
			setError(asApiError(failure));
			setBusy(false);
		}
	};
	return (
		<main class="account-page">
			<FocusedHeading>Is this yours?</FocusedHeading>
			<p class="lead">
				This account’s e-mail address had never been verified, so someone else may have used the account. Only you can
				sign in now. Remove what is not yours; everything else stays. A key’s page shows when a game last used it.
			</p>
			<Switch>
				<Match when={review.error !== undefined}>
					<FailureNotice error={asApiError(review.error)} onRetry={() => void refetch()} />
				</Match>
				<Match when={known()}>
					{(found) => (
						<For each={reviewGroups(found(), accountId())}>{(group) => <Group group={group} onEnded={reload} />}</For>
					)}
				</Match>
				<Match when={review.loading}>
					<Delayed>
						<p class="muted">Loading…</p>
					</Delayed>
				</Match>
			</Switch>
			<Show when={error()}>{(failure) => <FailureNotice error={failure()} />}</Show>
			<div class="auth-actions">
				<Button kind="primary" busy={busy()} onClick={() => void finish()}>
					Keep the rest and continue
				</Button>
			</div>
		</main>
	);
}

function Group(props: { group: ReviewGroup; onEnded: () => Promise<void> }) {
	const [asked, setAsked] = createSignal<ReviewItem | "all">();
	const [busy, setBusy] = createSignal(false);
	const [error, setError] = createSignal<ApiError>();
	let list: HTMLUListElement | undefined;

	const end = async (items: ReviewItem[]) => {
		setBusy(true);
		setError(undefined);
		try {
			for (const item of items) await item.end();
			announce("Removed");
		} catch (failure) {
			setError(asApiError(failure));
		}
		setAsked(undefined);
		setBusy(false);
		await props.onEnded();
		// The button that had the focus is gone.
		list?.focus();
	};
	return (
		<section class="card pad account-section" aria-label={props.group.title}>
			<h2>{props.group.title}</h2>
			<div class="stack">
				<ul class="sessions" ref={list} tabIndex={-1} aria-label={props.group.title}>
					<For each={props.group.items}>
						{(item) => (
							<li>
								<div class="grow">
									<p class="session-name">
										<bdi>{item.name}</bdi>
									</p>
									<p class="muted small">
										{item.detail}
										<Show when={item.createdAt}>
											{(at) => (
												<>
													, created <Day at={at()} />
												</>
											)}
										</Show>
									</p>
									<Show when={asked() === item}>
										<Confirm
											text={item.warning ?? ""}
											action={item.action}
											busy={busy()}
											onNo={() => setAsked(undefined)}
											onYes={() => void end([item])}
										/>
									</Show>
								</div>
								<Show when={asked() !== item}>
									<Button small aria-label={`${item.action} ${item.name}`} onClick={() => setAsked(item)}>
										{item.action}
									</Button>
								</Show>
							</li>
						)}
					</For>
				</ul>
				<Show when={props.group.items.length > 1 && asked() !== "all"}>
					<Button onClick={() => setAsked("all")}>
						{props.group.endAll} {props.group.items.length}
					</Button>
				</Show>
				<Show when={asked() === "all"}>
					<Confirm
						text={props.group.warning ?? ""}
						action={props.group.endAll}
						busy={busy()}
						onNo={() => setAsked(undefined)}
						onYes={() => void end(props.group.items)}
					/>
				</Show>
				<Show when={error()}>{(failure) => <FailureNotice error={failure()} />}</Show>
			</div>
		</section>
	);
}

function Confirm(props: { text: string; action: string; busy: boolean; onYes: () => void; onNo: () => void }) {
	let box: HTMLDivElement | undefined;
	queueMicrotask(() => box?.querySelector("button")?.focus());
	return (
		<div class="review-confirm" ref={box} role="group" aria-label="Are you sure?">
			<p class="small">{props.text} This cannot be undone.</p>
			<div class="auth-actions">
				<Button small onClick={props.onNo}>
					Keep
				</Button>
				<Button small kind="danger" busy={props.busy} onClick={props.onYes}>
					{props.action}
				</Button>
			</div>
		</div>
	);
}
