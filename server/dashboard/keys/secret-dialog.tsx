import CircleAlert from "lucide-solid/icons/circle-alert";
import Plug from "lucide-solid/icons/plug";
import ShieldAlert from "lucide-solid/icons/shield-alert";
import { createSignal, createUniqueId, Show } from "solid-js";
import { Dynamic } from "solid-js/web";

import type { CreatedKey } from "../../../shared/wire.ts";
import { Button } from "../ui/button.tsx";
import { CloseAnswers, createCopyGuard } from "../ui/copy-guard.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Notice } from "../ui/notice.tsx";
import type * as InstructionsModule from "./install-instructions.tsx";
import { blockLeavingWhilePending } from "./pending-key.ts";
import { SecretBox } from "./secret-box.tsx";

/** Loaded after the page, which stays small. The key is shown without them, too. */
const [instructions, setInstructions] = createSignal<typeof InstructionsModule>();
import("./install-instructions.tsx").then(setInstructions, () => undefined);

/**
 * Shows a new key, once. The key lives only in `created`, which the owner drops in `onClosed`. Leaving is blocked while a
 * key is pending.
 */
export function SecretDialog(props: {
	created: CreatedKey | undefined;
	/** Whether it takes the place of another key. */
	replaces?: boolean;
	onClosed: () => void;
}) {
	const questionId = createUniqueId();
	const guard = createCopyGuard({ shown: () => props.created !== undefined, onClosed: () => props.onClosed() });
	blockLeavingWhilePending();

	return (
		<Dialog
			open={props.created !== undefined}
			onDismiss={guard.tryToClose}
			title={
				<>
					Your new key: <bdi>{props.created?.key.label}</bdi>
				</>
			}
			description="Copy it now. Once this closes, it cannot be shown again."
		>
			<Show when={props.created}>{(created) => <SecretBox secret={created().secret} onCopied={guard.onCopied} />}</Show>
			<Dynamic component={instructions()?.InstallInstructions} replaces={props.replaces === true} />
			<Notice icon={<Plug />}>
				Using Studio? There is nothing to paste: open the Auxvyn plugin and click Connect. It puts its own key in a safe
				place.
			</Notice>
			<div class="either">
				<div classList={{ off: guard.confirming() }}>
					<Notice kind="warn" icon={<ShieldAlert />}>
						Never put it in a LocalScript, ReplicatedStorage, a chat, a video or a screenshot: anyone who sees it can
						use it.
					</Notice>
				</div>
				<div id={questionId} role="alert" classList={{ off: !guard.confirming() }}>
					<Notice kind="bad" icon={<CircleAlert />}>
						<strong>Close without copying?</strong> This key would be lost. You would have to generate another one.
					</Notice>
				</div>
			</div>
			<Show
				when={guard.confirming()}
				fallback={
					<div class="foot">
						<Button onClick={guard.tryToClose}>Close</Button>
					</div>
				}
			>
				<CloseAnswers question={questionId} onKeepOpen={guard.keepOpen} onClose={guard.close} />
			</Show>
		</Dialog>
	);
}
