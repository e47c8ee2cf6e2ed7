import "../styles/people.css";

import { createSignal, Show } from "solid-js";

import type { CreatedInvitation, Person, Role } from "../../../shared/wire.ts";
import { useLive } from "../live/live.tsx";
import { useSession } from "../session/session.tsx";
import { announce } from "../ui/announce.tsx";
import { Late } from "../ui/late.tsx";
import { FailureNotice } from "../ui/notice.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { useWorkspace } from "../workspaces/workspace-page.tsx";
import { useWorkspaces } from "../workspaces/workspaces.tsx";
import { canManagePeople } from "../workspaces/workspaces-api.ts";
import { DepartureDialog } from "./departure-dialog.tsx";
import { InvitationList } from "./invitation-list.tsx";
import { InviteForm } from "./invite-form.tsx";
import { LinkDialog } from "./link-dialog.tsx";
import { createPeople } from "./people.ts";
import { changeRole } from "./people-api.ts";
import { PeopleTable } from "./people-table.tsx";
import { StepDownDialog } from "./step-down-dialog.tsx";
import { useDeparture } from "./use-departure.ts";

/** The People tab. */
export function PeoplePage() {
	usePageTitle(() => "People");
	const workspace = useWorkspace();
	const workspaces = useWorkspaces();
	const departed = useDeparture();
	const session = useSession();
	const [created, setCreated] = createSignal<CreatedInvitation>();
	const [leaving, setLeaving] = createSignal<Person>();
	const [steppingDown, setSteppingDown] = createSignal<Role>();
	const workspaceId = () => workspace().id;
	const { state, load } = createPeople(workspaceId);
	useLive().onChanged(["people", "keys"], () => void load());

	const manages = () => canManagePeople(workspace().role);
	const myId = () => {
		const current = session.state();
		return current.name === "signed-in" ? current.user.id : undefined;
	};
	const isOnlyOwner = (person: Person | undefined) =>
		person?.role === "owner" && state.people.filter(({ role }) => role === "owner").length === 1;

	const setRole = async (personId: string, role: Role) => {
		await changeRole(workspaceId(), personId, role);
		await load();
	};
	const onRole = async (person: Person, role: Role) => {
		if (person.id === myId()) setSteppingDown(role);
		else await setRole(person.id, role);
	};
	const stepDown = async (role: Role) => {
		const id = myId();
		if (id === undefined) return;
		await setRole(id, role);
		setSteppingDown(undefined);
		await workspaces.reload();
	};
	const onGone = async (person: Person) => {
		setLeaving(undefined);
		if (person.id === myId()) {
			await departed(`You left ${workspace().name}.`);
			return;
		}
		announce(`${person.name} is no longer in this workspace.`);
		await load();
	};
	const onCreated = (answer: CreatedInvitation) => {
		setCreated(answer);
		void load();
	};

	return (
		<main>
			<h1>People</h1>
			<p class="lead">Owners manage people, admins manage keys, and members see them.</p>
			<Show when={state.ready} fallback={<Loading />}>
				<Show when={state.error}>{(error) => <FailureNotice error={error()} onRetry={() => void load()} />}</Show>
				<Show when={manages()}>
					<InviteForm workspaceId={workspaceId()} onCreated={onCreated} />
				</Show>
				<Show when={manages() && state.invitations.length > 0}>
					<InvitationList workspaceId={workspaceId()} invitations={state.invitations} onChanged={load} />
				</Show>
				<Show when={state.people.length > 0}>
					<section class="people-section">
						<h2>In this workspace</h2>
						<PeopleTable
							people={state.people}
							myId={myId()}
							manages={manages()}
							onRole={onRole}
							onRemove={setLeaving}
						/>
					</section>
				</Show>
			</Show>
			<LinkDialog created={created()} workspaceName={workspace().name} onClosed={() => setCreated(undefined)} />
			<StepDownDialog role={steppingDown()} onCancel={() => setSteppingDown(undefined)} onConfirm={stepDown} />
			<DepartureDialog
				workspace={workspace()}
				person={leaving()}
				isMe={leaving()?.id === myId()}
				isOnlyOwner={isOnlyOwner(leaving())}
				onCancel={() => setLeaving(undefined)}
				onGone={(person) => void onGone(person)}
			/>
		</main>
	);
}

function Loading() {
	return (
		<Late>
			<p class="muted" role="status">
				Loading people…
			</p>
		</Late>
	);
}
