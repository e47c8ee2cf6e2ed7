import CircleAlert from "lucide-solid/icons/circle-alert";
import { createUniqueId, Show } from "solid-js";

import type { CreatedBackend } from "../../../shared/wire.ts";
import { SecretBox } from "../keys/secret-box.tsx";
import { Button } from "../ui/button.tsx";
import { CloseAnswers, createCopyGuard } from "../ui/copy-guard.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Notice } from "../ui/notice.tsx";

/**
 * Shows a new backend's secret, once. It lives only in `created`, which the owner drops in `onClosed`.
 */
export function BackendSecretDialog(props: { created: CreatedBackend | undefined; onClosed: () => void }) {
	const guard = createCopyGuard({ shown: () => props.created !== undefined, onClosed: () => props.onClosed() });

	return (
		<Dialog
			open={props.created !== undefined}
			onDismiss={guard.tryToClose}
			title={
				<>
					Secret for <bdi>{props.created?.backend.name}</bdi>
				</>
			}
			description="Copy it now. Once this closes, it cannot be shown again."
		>
			<Show when={props.created}>
				{(created) => (
					<>
						<SecretBox secret={created().secret} what="secret" onCopied={guard.onCopied} />
						<Usage id={created().backend.id} />
					</>
				)}
			</Show>
			<Show
				when={guard.confirming()}
				fallback={
					<div class="foot">
						<Button onClick={guard.tryToClose}>Close</Button>
					</div>
				}
			>
				<CloseQuestion onKeepOpen={guard.keepOpen} onClose={guard.close} />
			</Show>
		</Dialog>
	);
}

function Usage(props: { id: string }) {
	return (
		<div class="where">
			<p>
				<strong>How to use it:</strong> keep it in the backend’s environment, and send it as the password of HTTP Basic.
				The user name is the client id, <span class="mono">{props.id}</span>:
			</p>
			<pre tabindex="0" role="region" aria-label="Example">
				{`curl -u "${props.id}:$AUXVYN_BACKEND_SECRET" \\
  -d "token=$KEY" \\
  ${location.origin}/oauth/introspect`}
			</pre>
		</div>
	);
}

function CloseQuestion(props: { onKeepOpen: () => void; onClose: () => void }) {
	const id = createUniqueId();
	return (
		<>
			<div id={id} role="alert">
				<Notice kind="bad" icon={<CircleAlert />}>
					<strong>Close without copying?</strong> The secret would be lost. You would have to delete this backend and
					create another one.
				</Notice>
			</div>
			<CloseAnswers question={id} onKeepOpen={props.onKeepOpen} onClose={props.onClose} />
		</>
	);
}
