import Link from "lucide-solid/icons/link";
import { createSignal, Show } from "solid-js";

import type { CreatedInvitation } from "../../../shared/wire.ts";
import { type ApiError, asApiError } from "../api/api-error.ts";
import { createOnce } from "../api/once.ts";
import { useLostThings } from "../session/lost-things.ts";
import { Button } from "../ui/button.tsx";
import { FailureNotice } from "../ui/notice.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { createInvitation, type InvitedRole, listPeople } from "./people-api.ts";
import { ROLE_RIGHTS } from "./role-text.ts";

const ROLES: { value: InvitedRole; text: string }[] = [
	{ value: "member", text: "Member" },
	{ value: "admin", text: "Admin" },
];

export function InviteForm(props: { workspaceId: string; onCreated: (created: CreatedInvitation) => void }) {
	const [role, setRole] = createSignal<InvitedRole>("member");
	const [busy, setBusy] = createSignal(false);
	const [error, setError] = createSignal<ApiError>();

	const once = createOnce<CreatedInvitation>("invitation");
	const lostThings = useLostThings();
	const findLost = async (since: number) => {
		const { invitations } = await listPeople(props.workspaceId);
		return lostThings.find(invitations, since)
			? "its link did not arrive. Withdraw the newest one, then create another."
			: undefined;
	};

	const create = async (event: SubmitEvent) => {
		event.preventDefault();
		if (busy()) return;
		setBusy(true);
		setError(undefined);
		try {
			const created = await once(() => createInvitation(props.workspaceId, role()), findLost);
			lostThings.arrived(created.invitation);
			props.onCreated(created);
		} catch (failure) {
			setError(asApiError(failure));
		} finally {
			setBusy(false);
		}
	};

	return (
		<section class="people-section">
			<h2>Invite someone</h2>
			<form class="card pad invite" onSubmit={(event) => void create(event)}>
				<div>
					<Segmented legend="Role" options={ROLES} value={role()} onValue={setRole} />
					<p class="field-note">
						{role() === "admin" ? "An admin" : "A member"} can {ROLE_RIGHTS[role()]}.
					</p>
				</div>
				<Button kind="primary" type="submit" busy={busy()} icon={<Link />}>
					Create link
				</Button>
			</form>
			<Show when={error()}>{(failure) => <FailureNotice error={failure()} />}</Show>
		</section>
	);
}
