import { A, useNavigate } from "@solidjs/router";
import { createSignal, Show } from "solid-js";

import type { Account, InvitationOffer, Role, Workspace } from "../../../shared/wire.ts";
import { type ApiError, asApiError } from "../api/api-error.ts";
import { createOnce } from "../api/once.ts";
import { ROLE_PHRASES } from "../people/role-text.ts";
import { useSession } from "../session/session.tsx";
import { announce } from "../ui/announce.tsx";
import { Button } from "../ui/button.tsx";
import { Email } from "../ui/email.tsx";
import { FailureNotice } from "../ui/notice.tsx";
import { useWorkspaces } from "../workspaces/workspaces.tsx";
import { isInvalidInvitation } from "./invalid-invitation.tsx";
import { acceptInvitation } from "./invite-api.ts";

const RANK: Record<Role, number> = { member: 0, admin: 1, owner: 2 };

/** For signed-in users: accept, or continue if the invitation adds nothing. */
export function AcceptCard(props: { offer: InvitationOffer; token: string; user: Account; onGone: () => void }) {
	const workspaces = useWorkspaces();
	const session = useSession();
	const navigate = useNavigate();
	const [busy, setBusy] = createSignal(false);
	const [error, setError] = createSignal<ApiError>();
	const member = () => workspaces.byId(props.offer.workspace.id);
	const alreadyIn = () => {
		const current = member();
		return current && RANK[current.role] >= RANK[props.offer.role] ? current : undefined;
	};

	const once = createOnce<Workspace>("invitation", "accepted");
	const findAccepted = async () => {
		await workspaces.reload();
		return alreadyIn();
	};

	const accept = async () => {
		setBusy(true);
		setError(undefined);
		try {
			const workspace = await once(() => acceptInvitation(props.token), findAccepted);
			await workspaces.reload();
			// Replaces this page, so that the link is not in the history.
			navigate(`/workspaces/${workspace.id}/keys`, { replace: true });
			announce(`You are now in ${workspace.name}.`);
		} catch (failure) {
			const apiError = asApiError(failure);
			if (isInvalidInvitation(apiError)) props.onGone();
			else setError(apiError);
		} finally {
			setBusy(false);
		}
	};

	return (
		<section class="card pad stack">
			<Show when={alreadyIn()} fallback={<Question user={props.user} member={member()} offer={props.offer} />}>
				{(workspace) => (
					<p>
						You are already in <bdi>{workspace().name}</bdi>, as {ROLE_PHRASES[workspace().role]}. Someone else can
						still use the link.
					</p>
				)}
			</Show>
			<Show when={error()}>{(failure) => <FailureNotice error={failure()} />}</Show>
			<div class="invite-actions">
				<Show
					when={alreadyIn()}
					fallback={
						<>
							<Button kind="primary" busy={busy()} onClick={() => void accept()}>
								Accept
							</Button>
							<Button kind="quiet" onClick={() => void session.leave()}>
								Use another account
							</Button>
						</>
					}
				>
					{(workspace) => (
						<A class="btn primary" href={`/workspaces/${workspace().id}/keys`}>
							Open workspace
						</A>
					)}
				</Show>
			</div>
		</section>
	);
}

function Question(props: { user: Account; member: Workspace | undefined; offer: InvitationOffer }) {
	return (
		<p>
			You are signed in as <bdi class="invite-name">{props.user.name}</bdi>, <Email address={props.user.email} />.
			<Show when={props.member}>
				{(workspace) => (
					<>
						{" "}
						You are {ROLE_PHRASES[workspace().role]} there, and would become {ROLE_PHRASES[props.offer.role]}.
					</>
				)}
			</Show>
		</p>
	);
}
