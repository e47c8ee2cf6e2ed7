import "./security.css";

import { For, type JSX, Show } from "solid-js";

import type { ChecklistItem } from "../../../shared/wire.ts";
import { Late } from "../ui/late.tsx";
import { FailureNotice } from "../ui/notice.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { useWorkspace } from "../workspaces/workspace-page.tsx";
import { canManageKeys } from "../workspaces/workspaces-api.ts";
import { Answer } from "./answer.tsx";
import { createChecklist } from "./checklist.ts";
import { ChecklistEntry } from "./checklist-item.tsx";
import { type ItemWords, itemWords } from "./item-words.ts";

/** The Security tab: what the server checks by itself, and what only people can. */
export function SecurityPage() {
	usePageTitle(() => "Security");
	const workspace = useWorkspace();
	const { state, error, refresh, replace } = createChecklist(() => workspace().id);
	const checked = () => state.items.filter((item) => item.state !== "asked");
	const asked = () => state.items.filter((item) => item.state === "asked");

	return (
		<main>
			<h1>Security</h1>
			<p class="lead">{state.ready ? summary(state.items) : "What keeps your keys safe, checked for you."}</p>
			<Show when={error()}>
				{(failure) => (
					<div class="security-failure">
						<FailureNotice error={failure()} onRetry={() => void refresh()} />
					</div>
				)}
			</Show>
			<Show when={state.ready} fallback={<Show when={!error()}>{<Checking />}</Show>}>
				<Section title="Checked by the server" note="These turn good by themselves once you have seen to them.">
					<For each={[...checked()].sort(attentionFirst)}>
						{(item) => (
							<Known item={item}>
								{(words) => <ChecklistEntry workspaceId={workspace().id} item={item} words={words} />}
							</Known>
						)}
					</For>
				</Section>
				<Section
					title="For you to check"
					note="The server cannot see your places and your people. Say when you have looked."
				>
					<For each={asked()}>
						{(item) => (
							<Known item={item}>
								{(words) => (
									<ChecklistEntry workspaceId={workspace().id} item={item} words={words}>
										<Answer
											workspaceId={workspace().id}
											item={item}
											title={words.title}
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

/** An item that this page is too old to have words for is left out. */
function Known(props: { item: ChecklistItem; children: (words: ItemWords) => JSX.Element }) {
	return <Show when={itemWords(props.item.id)}>{(words) => props.children(words())}</Show>;
}

function Checking() {
	return (
		<Late>
			<p class="muted" role="status">
				Checking…
			</p>
		</Late>
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
		open === 0 ? "Everything else is checked." : `${open} more ${open === 1 ? "is" : "are"} for you to check.`;
	return `${found} ${left}`;
}
