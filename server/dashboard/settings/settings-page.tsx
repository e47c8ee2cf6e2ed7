import "../styles/settings.css";

import { createResource, Show } from "solid-js";

import { asApiError } from "../api/api-error.ts";
import { useLive } from "../live/live.tsx";
import { createPeople } from "../people/people.ts";
import { ROLE_PHRASES, ROLE_RIGHTS } from "../people/role-text.ts";
import { useSession, useStart } from "../session/session.tsx";
import { Delayed } from "../ui/delayed.tsx";
import { FailureNotice } from "../ui/notice.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { useWorkspace } from "../workspaces/workspace-page.tsx";
import { useWorkspaces } from "../workspaces/workspaces.tsx";
import { canManagePeople } from "../workspaces/workspaces-api.ts";
import { BackendsSection } from "./backends-section.tsx";
import { DeleteCard } from "./delete-card.tsx";
import { LeaveCard } from "./leave-card.tsx";
import { ProxySection } from "./proxy-section.tsx";
import { RenameCard } from "./rename-card.tsx";
import { countActiveKeys } from "./settings-api.ts";

/** The Settings tab: rename, leave or delete the workspace, its backends, and how a reverse proxy checks its keys. */
export function SettingsPage() {
	usePageTitle(() => "Settings");
	const workspace = useWorkspace();
	const workspaces = useWorkspaces();
	const session = useSession();
	const start = useStart();
	const live = useLive();
	const owns = () => canManagePeople(workspace().role);
	const { state, load } = createPeople(() => workspace().id);
	const [activeKeys, { refetch }] = createResource(() => workspace().id, countActiveKeys);
	live.onChanged(["people"], () => void load());
	live.onChanged(["keys"], () => void refetch());

	const me = () => {
		const current = session.state();
		return current.name === "signed-in" ? state.people.find(({ id }) => id === current.user.id) : undefined;
	};
	const isOnlyOwner = () => owns() && state.people.filter(({ role }) => role === "owner").length === 1;
	const error = () => state.error ?? (activeKeys.error === undefined ? undefined : asApiError(activeKeys.error));
	const count = () => (activeKeys.error === undefined ? activeKeys.latest : undefined);
	const retry = () => {
		void load();
		void refetch();
	};

	return (
		<main class="settings">
			<h1>Settings</h1>
			<p class="lead">
				You are {ROLE_PHRASES[workspace().role]} here, and can {ROLE_RIGHTS[workspace().role]}.
			</p>
			<Show when={error()}>{(failure) => <FailureNotice error={failure()} onRetry={retry} />}</Show>
			<Show when={owns()}>
				<RenameCard workspace={workspace()} onRenamed={workspaces.reload} />
			</Show>
			<BackendsSection workspace={workspace()} />
			<ProxySection workspaceId={workspace().id} />
			<Show when={me()} fallback={<Loading />}>
				{(person) => <LeaveCard workspace={workspace()} me={person()} isOnlyOwner={isOnlyOwner()} />}
			</Show>
			<Show when={owns() && state.ready && count() !== undefined}>
				<DeleteCard workspace={workspace()} activeKeys={count() ?? 0} people={state.people.length} />
			</Show>
			<p class="muted settings-version">This server runs Auxvyn {start.version()}.</p>
		</main>
	);
}

function Loading() {
	return (
		<Delayed>
			<p class="muted" role="status">
				Loading…
			</p>
		</Delayed>
	);
}
