import { A, useNavigate } from "@solidjs/router";
import Plug from "lucide-solid/icons/plug";
import { createMemo, createSignal, Show } from "solid-js";

import type { CreatedKey, Key } from "../../../shared/wire.ts";
import { FirstSteps, RemainingSteps } from "../onboarding/first-steps.tsx";
import { PluginDownload } from "../onboarding/plugin-download.tsx";
import { createFirstSteps } from "../onboarding/steps.ts";
import { useSession } from "../session/session.tsx";
import { announce } from "../ui/announce.tsx";
import { now } from "../ui/clock.ts";
import { Delayed } from "../ui/delayed.tsx";
import { FailureNotice } from "../ui/notice.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { useWorkspace } from "../workspaces/workspace-page.tsx";
import { canManageKeys } from "../workspaces/workspaces-api.ts";
import type * as DeleteDialogModule from "./delete-dialog.tsx";
import { nextDeleteButton, searchField } from "./focus-after-delete.ts";
import { GenerateForm } from "./generate-form.tsx";
import { createKeyList } from "./key-list.ts";
import { KeyTable } from "./key-table.tsx";
import { KeyTools } from "./key-tools.tsx";
import { useKeyView } from "./key-view.ts";
import { deletedText } from "./revoked-text.ts";
import { SecretDialog } from "./secret-dialog.tsx";

/** Loaded after the page, which stays small. */
const [deletion, setDeletion] = createSignal<typeof DeleteDialogModule>();
const loading = import("./delete-dialog.tsx").then(setDeletion);
loading.catch(() => undefined);

/** The API Keys tab. */
export function KeysPage() {
	usePageTitle(() => "API Keys");
	const workspace = useWorkspace();
	const { view, show, showNewest } = useKeyView();
	const [created, setCreated] = createSignal<CreatedKey>();
	const [deleting, setDeleting] = createSignal<Key>();
	// Memoised: a change of the workspace's name or the user's role must not reset the page.
	const workspaceId = createMemo(() => workspace().id);
	const manages = () => canManageKeys(workspace().role);
	const list = createKeyList(workspaceId, view);
	const firstSteps = createFirstSteps(workspaceId);
	const session = useSession();
	const me = () => {
		const state = session.state();
		return state.name === "signed-in" ? { id: state.user.id, name: state.user.name } : null;
	};
	const navigate = useNavigate();
	let focusAfterDelete = searchField;

	const onCreated = (answer: CreatedKey) => {
		// Must come first: while a key is uncopied, the URL cannot change.
		showNewest();
		setCreated(answer);
		list.add(answer.key);
	};
	const onDelete = (key: Key) => {
		focusAfterDelete = nextDeleteButton(key.id, list.state.keys);
		setDeleting(key);
		// The key's page reports what is wrong, and has the dialog, too.
		loading.catch(() => navigate(`/workspaces/${workspaceId()}/keys/${key.id}`));
	};
	const onDeleted = (key: Key) => {
		focusAfterDelete = nextDeleteButton(key.id, list.state.keys);
		announce(deletedText(key));
		list.update({
			...key,
			state: "revoked",
			revokedAt: new Date(now()).toISOString(),
			revokedBy: me(),
			revokedReason: "deleted",
		});
		setDeleting(undefined);
	};

	return (
		<main>
			<Show when={list.state.ready && firstSteps.settled()} fallback={<Loading />}>
				<Show
					when={list.isEmpty()}
					fallback={<KeysHeading manages={manages()} pluginInStudio={firstSteps.steps().pluginVersion} />}
				>
					<FirstSteps store={firstSteps} manages={manages()} />
				</Show>
				<Show when={manages()}>
					<GenerateForm workspaceId={workspaceId()} first={list.isEmpty()} onCreated={onCreated} />
				</Show>
				<Show when={list.state.error}>
					{(error) => <FailureNotice error={error()} onRetry={() => void list.refresh()} />}
				</Show>
				<Show when={!list.isEmpty()}>
					<RemainingSteps store={firstSteps} keys={list.state.keys} />
					<KeyTools view={view()} counts={list.state.counts} onView={show} />
					<KeyTable
						workspaceId={workspaceId()}
						list={list}
						view={view()}
						onView={show}
						manages={manages()}
						onDelete={onDelete}
					/>
				</Show>
			</Show>
			<SecretDialog created={created()} onClosed={() => setCreated(undefined)} />
			<Show when={deletion()}>
				{(module) => {
					const { DeleteDialog } = module();
					return (
						<DeleteDialog
							workspaceId={workspaceId()}
							target={deleting()}
							onCancel={() => setDeleting(undefined)}
							onDeleted={onDeleted}
							focusAfter={() => focusAfterDelete()}
						/>
					);
				}}
			</Show>
		</main>
	);
}

function Loading() {
	return (
		<Delayed>
			<p class="muted" role="status">
				Loading keys…
			</p>
		</Delayed>
	);
}

function KeysHeading(props: { manages: boolean; pluginInStudio: string | undefined }) {
	return (
		<>
			<h1>API Keys</h1>
			<p class="lead">
				Your game sends a key with every request. Each one is shown once, stored only as a hash, and stops working the
				moment you delete it.
			</p>
			<div class="from-studio">
				<PluginDownload text="Get the Studio plugin" inStudio={props.pluginInStudio} />
				<Show when={props.manages}>
					<A class="btn" href="/pair">
						<Plug />
						<span>Connect a place</span>
					</A>
				</Show>
			</div>
		</>
	);
}
