import "../styles/activity.css";

import { useSearchParams } from "@solidjs/router";
import { createMemo, createResource, Show } from "solid-js";

import type { PersonRef } from "../../../shared/wire.ts";
import { useLive } from "../live/live.tsx";
import { listPeople } from "../people/people-api.ts";
import { Button } from "../ui/button.tsx";
import { Delayed } from "../ui/delayed.tsx";
import { FailureNotice } from "../ui/notice.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { useWorkspace } from "../workspaces/workspace-page.tsx";
import { ActivityDays } from "./activity-days.tsx";
import { type ActivityFilter, createActivityList } from "./activity-list.ts";
import { ActivityTools } from "./activity-tools.tsx";

/** The Activity tab. Filters live in the URL, so that they can be linked to. */
export function ActivityPage() {
	usePageTitle(() => "Activity");
	const workspace = useWorkspace();
	const live = useLive();
	const [search, setSearch] = useSearchParams<{ key?: string; person?: string }>();
	const workspaceId = () => workspace().id;
	const filter = createMemo(
		(): ActivityFilter => ({ key: search.key || undefined, person: search.person || undefined }),
		undefined,
		{ equals: (one, other) => one.key === other.key && one.person === other.person },
	);
	const list = createActivityList(workspaceId, filter);
	live.onChanged(["activity"], () => void list.refresh());

	const [members, { refetch }] = createResource(workspaceId, async (id): Promise<PersonRef[]> => {
		const { people } = await listPeople(id);
		return people.map(({ id: personId, name }) => ({ id: personId, name }));
	});
	live.onChanged(["people"], () => void refetch());
	/** Includes people who have left, if any entry shown names them. */
	const people = createMemo(() => {
		const known = new Map((members.error === undefined ? (members.latest ?? []) : []).map((each) => [each.id, each]));
		for (const { actor, person } of list.state.entries) {
			for (const each of [actor, person]) if (each && !known.has(each.id)) known.set(each.id, each);
		}
		return [...known.values()];
	});
	const key = () => {
		const { key: id } = filter();
		if (id === undefined) return undefined;
		return list.state.entries.find((entry) => entry.key?.id === id)?.key ?? "unknown";
	};
	const filtered = () => filter().key !== undefined || filter().person !== undefined;

	return (
		<main>
			<h1>Activity</h1>
			<p class="lead">Who did what, when and from which address. Everyone in the workspace can see this.</p>
			<ActivityTools
				people={people()}
				person={filter().person}
				onPerson={(person) => setSearch({ person: person ?? null })}
				key={key()}
				onAllKeys={() => setSearch({ key: null })}
			/>
			<Show when={list.state.ready} fallback={<Loading />}>
				<Show when={list.state.error}>
					{(error) => <FailureNotice error={error()} onRetry={() => void list.load()} />}
				</Show>
				<ActivityDays
					entries={list.state.entries}
					onKey={filter().key === undefined ? (id) => setSearch({ key: id }) : undefined}
				/>
				<Show when={list.state.entries.length === 0 && list.state.error === undefined}>
					<p class="card pad muted">{filtered() ? "No matching activity." : "No activity yet."}</p>
				</Show>
				<Show when={list.state.nextCursor !== null}>
					<p class="more">
						<Button busy={list.state.loadingMore} onClick={() => void list.more()}>
							Show more
						</Button>
					</p>
				</Show>
			</Show>
		</main>
	);
}

function Loading() {
	return (
		<Delayed>
			<p class="muted" role="status">
				Loading activity…
			</p>
		</Delayed>
	);
}
