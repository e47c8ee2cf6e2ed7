import TriangleAlert from "lucide-solid/icons/triangle-alert";
import { createEffect, onCleanup, Show } from "solid-js";

import type { CreatedInvitation } from "../../../shared/wire.ts";
import { SecretBox } from "../keys/secret-box.tsx";
import { thisComputerOnly } from "../onboarding/reachable-by-games.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Notice } from "../ui/notice.tsx";
import { Day } from "../ui/time.tsx";
import { ROLE_PHRASES } from "./role-words.ts";

/**
 * Shows an invitation's link, the only time anybody can. It can be withdrawn and made anew, so closing asks nothing.
 * Leaving the page closes this, too, so that going back brings no link up again.
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
							Whoever accepts it first joins <bdi>{props.workspaceName}</bdi> as{" "}
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
						<Show when={thisComputerOnly(created().link)}>
							<Notice kind="warn" icon={<TriangleAlert />}>
								This link works on this computer only. For others set PUBLIC_URL in the server’s .env to an address that
								they can open, then invite again.
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
