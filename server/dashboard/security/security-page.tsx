import "./security.css";

import { For, type JSX, Show } from "solid-js";

import type { ChecklistItem } from "../../../shared/wire.ts";
import { Delayed } from "../ui/delayed.tsx";
import { FailureNotice } from "../ui/notice.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { useWorkspace } from "../workspaces/workspace-page.tsx";
import { canManageKeys } from "../workspaces/workspaces-api.ts";
import { Answer } from "./answer.tsx";
import { createChecklist } from "./checklist.ts";
import { ChecklistEntry } from "./checklist-item.tsx";
import { type ItemText, itemText } from "./item-text.ts";

/** The Security tab: what the server checks, and what only people can. */
export function SecurityPage() {
	usePageTitle(() => "Security");
	const workspace = useWorkspace();
	const { state, error, refresh, replace } = createChecklist(() => workspace().id);
	const checked = () => state.items.filter((item) => item.state !== "asked");
	const asked = () => state.items.filter((item) => item.state === "asked");

	return (
		<main>
			<h1>Security</h1>
			<p class="lead">{state.ready ? summary(state.items) : "A checklist for keeping your keys safe."}</p>
			<Show when={error()}>
				{(failure) => (
					<div class="security-failure">
						<FailureNotice error={failure()} onRetry={() => void refresh()} />
					</div>
				)}
			</Show>
			<Show when={state.ready} fallback={<Show when={!error()}>{<Checking />}</Show>}>
				<Section title="Checked by the server" note="These clear automatically once they are fixed.">
					<For each={[...checked()].sort(attentionFirst)}>
						{(item) => (
							<Known item={item}>
								{(text) => <ChecklistEntry workspaceId={workspace().id} item={item} text={text} />}
							</Known>
						)}
					</For>
				</Section>
				<Section title="For you to check" note="The server cannot check these for you. Mark each one once you have.">
					<For each={asked()}>
						{(item) => (
							<Known item={item}>
								{(text) => (
									<ChecklistEntry workspaceId={workspace().id} item={item} text={text}>
										<Answer
											workspaceId={workspace().id}
											item={item}
											title={text.title}
											manages={canManageKeys(workspace().role)}
											onAnswered={replace}
										/>
									</ChecklistEntry>
								)}
							</Known>
						)}
					</For>
				</Section>
			</Show>
		</main>
	);
}

function Section(props: { title: string; note: string; children: JSX.Element }) {
	return (
		<section class="checks-section">
			<h2>{props.title}</h2>
			<p class="muted small">{props.note}</p>
			<ul class="card checks">{props.children}</ul>
		</section>
	);
}

/** Leaves out items this page is too old to know. */
function Known(props: { item: ChecklistItem; children: (text: ItemText) => JSX.Element }) {
	return <Show when={itemText(props.item.id)}>{(text) => props.children(text())}</Show>;
}

function Checking() {
	return (
		<Delayed>
			<p class="muted" role="status">
				Checking…
			</p>
		</Delayed>
	);
}

function attentionFirst(one: ChecklistItem, other: ChecklistItem): number {
	return Number(other.state === "attention") - Number(one.state === "attention");
}

function summary(items: ChecklistItem[]): string {
	const attention = items.filter(({ state }) => state === "attention").length;
	const open = items.filter(({ state, answeredAt }) => state === "asked" && answeredAt === null).length;
	const found =
		attention === 0
			? "The server found nothing that needs attention."
			: `${attention} ${attention === 1 ? "thing needs" : "things need"} attention.`;
	const left =
		open === 0 ? "Everything else has been checked." : `${open} more ${open === 1 ? "is" : "are"} for you to check.`;
	return `${found} ${left}`;
}
