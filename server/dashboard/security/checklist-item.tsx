import { A } from "@solidjs/router";
import CircleCheck from "lucide-solid/icons/circle-check";
import CircleDashed from "lucide-solid/icons/circle-dashed";
import TriangleAlert from "lucide-solid/icons/triangle-alert";
import { For, type JSX, Match, Show, Switch } from "solid-js";

import type { ChecklistItem } from "../../../shared/wire.ts";
import { KeyLink } from "../keys/key-link.tsx";
import { number } from "../ui/format.ts";
import type { ItemText } from "./item-text.ts";

/** One item: its state, what it is about and, unless it is good, why it matters and what to do. */
export function ChecklistEntry(props: {
	workspaceId: string;
	item: ChecklistItem;
	text: ItemText;
	/** Shown under it, for example the answer. */
	children?: JSX.Element;
}) {
	const good = () => props.item.state === "good" || props.item.answeredAt !== null;
	const title = () => (props.item.state === "attention" && props.text.found?.(props.item.count)) || props.text.title;
	return (
		<li class="check" classList={{ good: good(), attention: props.item.state === "attention" }}>
			<Switch fallback={<CircleDashed role="img" aria-label="To be checked" />}>
				<Match when={good()}>
					<CircleCheck role="img" aria-label="Good" />
				</Match>
				<Match when={props.item.state === "attention"}>
					<TriangleAlert role="img" aria-label="Needs attention" />
				</Match>
			</Switch>
			<div class="check-text">
				<h3>{title()}</h3>
				<Show when={props.item.state !== "good"}>
					<p>{props.text.what}</p>
					<Show when={props.item.keys.length > 0}>
						<KeyList workspaceId={props.workspaceId} item={props.item} hash={props.text.rotates ? "#rotate" : ""} />
					</Show>
					<p class="muted">
						{props.text.why}{" "}
						<Show when={!good()}>
							<span class="check-fix">{fixText(props.item, props.text)}</span>
						</Show>
					</p>
				</Show>
			</div>
			{props.children}
		</li>
	);
}

/** What was found is certain; a question depends on its answer. */
function fixText(item: ChecklistItem, { fix }: ItemText): string {
	return item.state === "asked" ? `If not: ${fix.charAt(0).toLowerCase()}${fix.slice(1)}` : fix;
}

function KeyList(props: { workspaceId: string; item: ChecklistItem; hash: string }) {
	const more = () => props.item.count - props.item.keys.length;
	return (
		<ul class="check-keys">
			<For each={props.item.keys}>
				{(key) => (
					<li>
						<KeyLink workspaceId={props.workspaceId} key={key} hash={props.hash} />
					</li>
				)}
			</For>
			<Show when={more() > 0}>
				<li>
					<A class="muted" href={`/workspaces/${props.workspaceId}/keys`}>
						and {number(more())} more
					</A>
				</li>
			</Show>
		</ul>
	);
}
