import { createSignal, For, Show } from "solid-js";

import type { Invitation } from "../../../shared/wire.ts";
import { type ApiError, asApiError } from "../api/api-error.ts";
import { announce } from "../ui/announce.tsx";
import { Button } from "../ui/button.tsx";
import { timestamp } from "../ui/format.ts";
import { FailureNotice } from "../ui/notice.tsx";
import { Day } from "../ui/time.tsx";
import { withdrawInvitation } from "./people-api.ts";
import { ROLE_PHRASES } from "./role-text.ts";

export function InvitationList(props: {
	workspaceId: string;
	invitations: Invitation[];
	onChanged: () => Promise<unknown>;
}) {
	const [busy, setBusy] = createSignal<string>();
	const [error, setError] = createSignal<ApiError>();

	const withdraw = async (invitation: Invitation) => {
		if (busy() !== undefined) return;
		setBusy(invitation.id);
		setError(undefined);
		try {
			await withdrawInvitation(props.workspaceId, invitation.id);
			announce("Invitation withdrawn. Its link no longer works.");
		} catch (failure) {
			const apiError = asApiError(failure);
			// Accepted or withdrawn in the meantime: the list will show it.
			if (apiError.kind !== "not-found") setError(apiError);
		}
		await props.onChanged();
		setBusy(undefined);
	};

	return (
		<section class="people-section">
			<h2>Open invitations</h2>
			<Show when={error()}>{(failure) => <FailureNotice error={failure()} />}</Show>
			<ul class="card invitations">
				<For each={props.invitations}>
					{(invitation) => (
						<li>
							<div>
								<span class="name">Link for {ROLE_PHRASES[invitation.role]}</span>
								<span class="sub">
									created by <bdi>{invitation.createdBy?.name ?? "someone who left"}</bdi>, {created(invitation)}
									{" · "}expires <Day at={invitation.expiresAt} />
								</span>
							</div>
							<Button
								small
								kind="quiet"
								busy={busy() === invitation.id}
								aria-label={`Withdraw the invitation for ${ROLE_PHRASES[invitation.role]}, created ${created(invitation)}`}
								onClick={() => void withdraw(invitation)}
							>
								Withdraw
							</Button>
						</li>
					)}
				</For>
			</ul>
		</section>
	);
}

/** To the second: the links of two invitations for the same role are told apart by it. */
function created({ createdAt }: Invitation): string {
	return timestamp(createdAt);
}
