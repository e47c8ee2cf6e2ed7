import TriangleAlert from "lucide-solid/icons/triangle-alert";
import { createEffect, onCleanup, Show } from "solid-js";

import type { CreatedInvitation } from "../../../shared/wire.ts";
import { SecretBox } from "../keys/secret-box.tsx";
import { isLoopback } from "../onboarding/reachable-by-games.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Notice } from "../ui/notice.tsx";
import { Day } from "../ui/time.tsx";
import { ROLE_PHRASES } from "./role-text.ts";

/**
 * Shows an invitation's link, once. It can be withdrawn and created again, so closing does not ask. Leaving the page
 * closes the dialog, so that going back does not show the link again.
 */
export function LinkDialog(props: {
	created: CreatedInvitation | undefined;
	workspaceName: string;
	onClosed: () => void;
}) {
	createEffect(() => {
		if (props.created === undefined) return;
		const close = () => props.onClosed();
		addEventListener("pagehide", close);
		onCleanup(() => removeEventListener("pagehide", close));
	});

	return (
		<Dialog
			open={props.created !== undefined}
			onDismiss={() => props.onClosed()}
			title="Send this link to one person"
			description={
				<Show when={props.created}>
					{(created) => (
						<p>
							The first person to accept it joins <bdi>{props.workspaceName}</bdi> as{" "}
							{ROLE_PHRASES[created().invitation.role]}. It works once, until{" "}
							<Day at={created().invitation.expiresAt} />, and is not shown again.
						</p>
					)}
				</Show>
			}
		>
			<Show when={props.created}>
				{(created) => (
					<>
						<SecretBox secret={created().link} what="link" onCopied={() => undefined} />
						<Show when={isLoopback(created().link)}>
							<Notice kind="warn" icon={<TriangleAlert />}>
								This link only works on this computer. For other people, set PUBLIC_URL in the server’s .env to an
								address they can open, then create a new link.
							</Notice>
						</Show>
					</>
				)}
			</Show>
			<div class="foot">
				<Button onClick={() => props.onClosed()}>Close</Button>
			</div>
		</Dialog>
	);
}
