import "../styles/people.css";

import { createSignal, Show } from "solid-js";

import type { CreatedInvitation, Person, Role } from "../../../shared/wire.ts";
import { useLive } from "../live/live.tsx";
import { useSession } from "../session/session.tsx";
import { announce } from "../ui/announce.tsx";
import { Delayed } from "../ui/delayed.tsx";
import { FailureNotice } from "../ui/notice.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { useWorkspace } from "../workspaces/workspace-page.tsx";
import { useWorkspaces } from "../workspaces/workspaces.tsx";
import { canManagePeople } from "../workspaces/workspaces-api.ts";
import { useExitWorkspace } from "./exit-workspace.ts";
import { nextRemoveButton, PEOPLE_HEADING_ID, peopleHeading } from "./focus-after-removal.ts";
import { InvitationList } from "./invitation-list.tsx";
import { InviteForm } from "./invite-form.tsx";
import { LinkDialog } from "./link-dialog.tsx";
import { createPeople } from "./people.ts";
import { changeRole } from "./people-api.ts";
import { PeopleTable } from "./people-table.tsx";
import { RemoveDialog } from "./remove-dialog.tsx";
import { ROLE_PHRASES } from "./role-text.ts";
import { StepDownDialog } from "./step-down-dialog.tsx";

export function PeoplePage() {
	usePageTitle(() => "People");
	const workspace = useWorkspace();
	const workspaces = useWorkspaces();
	const exitWorkspace = useExitWorkspace();
	const session = useSession();
	const [created, setCreated] = createSignal<CreatedInvitation>();
	const [leaving, setLeaving] = createSignal<Person>();
	let focusAfter = peopleHeading;
	const [steppingDown, setSteppingDown] = createSignal<Role>();
	const workspaceId = () => workspace().id;
	const { state, load, removeRow } = createPeople(workspaceId);
	useLive().onChanged(["people", "keys"], () => void load());

	const manages = () => canManagePeople(workspace().role);
	const myId = () => {
		const current = session.state();
		return current.name === "signed-in" ? current.user.id : undefined;
	};
	const isOnlyOwner = (person: Person | undefined) =>
		person?.role === "owner" && state.people.filter(({ role }) => role === "owner").length === 1;

	const setRole = async (personId: string, role: Role) => {
		const person = await changeRole(workspaceId(), personId, role);
		announce(`${person.name} is now ${ROLE_PHRASES[role]}.`);
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
	const onRemoved = async (person: Person) => {
		if (person.id === myId()) {
			setLeaving(undefined);
			await exitWorkspace(`You left ${workspace().name}.`);
			return;
		}
		const others = state.people.filter(({ id }) => id !== myId());
		focusAfter = nextRemoveButton(person.id, others);
		// Removes the row before closing the dialog, which would return the focus to the row.
		removeRow(person.id);
		setLeaving(undefined);
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
			<p class="lead">Owners manage people, admins manage keys, and members can only view.</p>
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
						<h2 id={PEOPLE_HEADING_ID} tabindex="-1">
							In this workspace
						</h2>
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
			<RemoveDialog
				workspace={workspace()}
				person={leaving()}
				isMe={leaving()?.id === myId()}
				isOnlyOwner={isOnlyOwner(leaving())}
				onCancel={() => setLeaving(undefined)}
				focusAfter={() => focusAfter()}
				onRemoved={(person) => void onRemoved(person)}
			/>
		</main>
	);
}

function Loading() {
	return (
		<Delayed>
			<p class="muted" role="status">
				Loading people…
			</p>
		</Delayed>
	);
}
