import { For, Match, Show, Switch } from "solid-js";

import type { Key } from "../../../shared/wire.ts";
import { Button } from "../ui/button.tsx";
import type { KeyListStore } from "./key-list.ts";
import { KeyRow } from "./key-row.tsx";
import type { KeyFilter, KeyView } from "./key-view.ts";
import { SortHeading } from "./sort-heading.tsx";

export function KeyTable(props: {
	workspaceId: string;
	list: KeyListStore;
	view: KeyView;
	onView: (change: Partial<KeyView>) => void;
	manages: boolean;
	onDelete: (key: Key) => void;
}) {
	const state = () => props.list.state;
	/** Members who cannot change keys only see revocations there. */
	const hasLast = () => props.manages || state().keys.some((key) => key.state === "revoked");
	return (
		<Switch>
			<Match when={state().keys.length > 0}>
				<div class="card" aria-busy={state().loading}>
					<table class="keys">
						<thead>
							<tr>
								<SortHeading sort="label" text="Key" view={props.view} onView={props.onView} />
								<SortHeading sort="created" text="From" by="created" view={props.view} onView={props.onView} />
								<SortHeading sort="used" text="Last used" view={props.view} onView={props.onView} />
								<th scope="col">24 hours</th>
								<SortHeading sort="requests" text="Requests, 24 h" view={props.view} onView={props.onView} number />
								<Show when={hasLast()}>
									<th scope="col">
										<span class="sr-only">{props.manages ? "Actions" : "Revocation"}</span>
									</th>
								</Show>
							</tr>
						</thead>
						<tbody inert={state().outdated}>
							<For each={state().keys}>
								{(key) => (
									<KeyRow
										key={key}
										workspaceId={props.workspaceId}
										manages={props.manages}
										hasLast={hasLast()}
										onRenamed={props.list.update}
										onDelete={props.onDelete}
									/>
								)}
							</For>
						</tbody>
					</table>
				</div>
				<Show when={state().nextCursor !== null}>
					<div class="more" inert={state().outdated}>
						<Button busy={state().loadingMore} onClick={() => void props.list.more()}>
							Show more
						</Button>
					</div>
				</Show>
			</Match>
			<Match when={!state().loading && state().error === undefined}>
				<p class="card pad muted">{emptyText(props.view.filter, props.view.search, props.manages)}</p>
			</Match>
		</Switch>
	);
}

function emptyText(filter: KeyFilter, search: string, manages: boolean): string {
	const which = filter === "all" ? "key" : `${filter} key`;
	if (search !== "") return `No ${which} has “${search}” in its label, place name or last four characters.`;
	return filter === "revoked"
		? "No key has been revoked. Deleted keys stay in this list, with who deleted them and when."
		: `There are no ${which}s.${manages ? " Generate one above, or click Connect in Studio." : ""}`;
}
