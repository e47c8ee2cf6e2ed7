import "./key-page.css";
import "./usage.css";
import "./rotation.css";
import "./servers.css";

import { useLocation, useNavigate, useParams } from "@solidjs/router";
import { createSignal, Match, Show, Switch } from "solid-js";

import type { CreatedKey, Key, KeyDetails } from "../../../shared/wire.ts";
import { DeleteDialog } from "../keys/delete-dialog.tsx";
import { deletedText } from "../keys/revoked-text.ts";
import { SecretDialog } from "../keys/secret-dialog.tsx";
import { announce } from "../ui/announce.tsx";
import { Delayed } from "../ui/delayed.tsx";
import { NotFound } from "../ui/not-found.tsx";
import { FailureNotice } from "../ui/notice.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { useWorkspace } from "../workspaces/workspace-page.tsx";
import { canManageKeys } from "../workspaces/workspaces-api.ts";
import { DetailsCard } from "./details-card.tsx";
import { KEY_HEADING_ID, KeyHeading } from "./heading.tsx";
import { History } from "./history.tsx";
import { createKeyPage, type KeyPageState } from "./key-page-state.ts";
import { ROTATION_HEADING_ID, RotationCard } from "./rotation.tsx";
import { ServersCard } from "./servers-card.tsx";
import { UsageCard } from "./usage-card.tsx";

const ROTATE = "#rotate";

export function KeyPage() {
	const workspace = useWorkspace();
	const params = useParams<{ keyId: string }>();
	const state = createKeyPage(
		() => workspace().id,
		() => params.keyId,
	);
	const { details, refresh } = state;
	usePageTitle(() => details().value?.key.label ?? "API key");
	return (
		<Switch>
			<Match when={details().error?.kind === "not-found"}>
				<NotFound what="key" />
			</Match>
			<Match when={details().value}>{(found) => <LoadedKey details={found()} state={state} />}</Match>
			<Match when={true}>
				<main>
					<Show when={details().error} fallback={<Loading />}>
						{(error) => <FailureNotice error={error()} onRetry={() => void refresh()} />}
					</Show>
				</main>
			</Match>
		</Switch>
	);
}

function Loading() {
	return (
		<Delayed>
			<p class="muted" role="status">
				Loading the key…
			</p>
		</Delayed>
	);
}

function LoadedKey(props: { details: KeyDetails; state: KeyPageState }) {
	const workspace = useWorkspace();
	const location = useLocation();
	const navigate = useNavigate();
	const [created, setCreated] = createSignal<CreatedKey>();
	const [deleting, setDeleting] = createSignal<Key>();
	const [requested, setRequested] = createSignal(location.hash === ROTATE);
	const manages = () => canManageKeys(workspace().role);
	const refresh = () => void props.state.refresh();
	const rotating = () => {
		const { key, replacement } = props.details;
		if (replacement?.state === "active" || (key.state === "active" && key.retirement !== null)) return true;
		return key.state === "active" && manages() && location.hash === ROTATE;
	};
	const onRotate = () => {
		setRequested(true);
		navigate(location.pathname + ROTATE, { scroll: false });
	};
	const onCreated = (answer: CreatedKey) => {
		setCreated(answer);
		refresh();
	};
	/** The button that opened the dialog is gone. */
	const onSecretClosed = () => {
		setCreated(undefined);
		document.getElementById(ROTATION_HEADING_ID)?.focus();
	};
	/** Closes the dialog only once its button is gone, so that the focus goes elsewhere. */
	const onDeleted = async (key: Key) => {
		announce(deletedText(key));
		await props.state.refresh();
		setDeleting(undefined);
	};
	return (
		<main>
			<KeyHeading
				workspaceId={workspace().id}
				details={props.details}
				manages={manages()}
				rotating={rotating()}
				onRenamed={refresh}
				onRotate={onRotate}
				onDelete={setDeleting}
			/>
			<Show when={props.state.details().error}>{(error) => <FailureNotice error={error()} onRetry={refresh} />}</Show>
			<div class="key-columns">
				<div>
					<Show when={rotating()}>
						<RotationCard
							workspaceId={workspace().id}
							details={props.details}
							manages={manages()}
							takesFocus={requested()}
							onCreated={onCreated}
							onDelete={setDeleting}
							onChanged={props.state.refresh}
						/>
					</Show>
					<DetailsCard workspaceId={workspace().id} details={props.details} usage={props.state.usage().value} />
				</div>
				<div>
					<ServersCard
						workspaceId={workspace().id}
						details={props.details}
						manages={manages()}
						onRotate={rotating() ? undefined : onRotate}
					/>
					<UsageCard key={props.details.key} usage={props.state.usage()} onRetry={refresh} />
					<History history={props.state.history()} onRetry={refresh} />
				</div>
			</div>
			<SecretDialog created={created()} replaces onClosed={onSecretClosed} />
			<DeleteDialog
				workspaceId={workspace().id}
				target={deleting()}
				onCancel={() => setDeleting(undefined)}
				onDeleted={onDeleted}
				focusAfter={() => document.getElementById(KEY_HEADING_ID)}
			/>
		</main>
	);
}
