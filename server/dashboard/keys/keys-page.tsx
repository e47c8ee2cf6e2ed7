import { createSignal, Show } from "solid-js";

import type { CreatedKey, Key } from "../../../shared/wire.ts";
import { FirstSteps } from "../onboarding/first-steps.tsx";
import { announce } from "../ui/announce.tsx";
import { Late } from "../ui/late.tsx";
import { FailureNotice } from "../ui/notice.tsx";
import { usePageTitle } from "../ui/page-title.ts";
import { useWorkspace } from "../workspaces/workspace-page.tsx";
import { canManageKeys } from "../workspaces/workspaces-api.ts";
import { DeleteDialog } from "./delete-dialog.tsx";
import { GenerateForm } from "./generate-form.tsx";
import { createKeyList, type KeyFilter } from "./key-list.ts";
import { KeyTable } from "./key-table.tsx";
import { KeyTools } from "./key-tools.tsx";
import { SecretDialog } from "./secret-dialog.tsx";

/** The API Keys tab. */
export function KeysPage() {
	usePageTitle(() => "API Keys");
	const workspace = useWorkspace();
	const [filter, setFilter] = createSignal<KeyFilter>("active");
	const [search, setSearch] = createSignal("");
	const [created, setCreated] = createSignal<CreatedKey>();
	const [deleting, setDeleting] = createSignal<Key>();
	const workspaceId = () => workspace().id;
	const manages = () => canManageKeys(workspace().role);
	const list = createKeyList(workspaceId, filter, search);

	const onCreated = (answer: CreatedKey) => {
		setCreated(answer);
		setFilter("active");
		setSearch("");
		void list.refresh();
	};
	const onDeleted = (key: Key) => {
		setDeleting(undefined);
		announce(`${key.label} is deleted and no longer works.`);
		void list.refresh();
	};

	return (
		<main>
			<Show when={list.state.ready} fallback={<Loading />}>
				<Show when={list.state.workspaceEmpty} fallback={<KeysHeading />}>
					<FirstSteps />
				</Show>
				<Show when={manages()}>
					<GenerateForm workspaceId={workspaceId()} first={list.state.workspaceEmpty} onCreated={onCreated} />
				</Show>
				<Show when={list.state.error}>
					{(error) => <FailureNotice error={error()} onRetry={() => void list.refresh()} />}
				</Show>
				<Show when={!list.state.workspaceEmpty}>
					<KeyTools filter={filter()} onFilter={setFilter} search={search()} onSearch={setSearch} />
					<KeyTable
						workspaceId={workspaceId()}
						list={list}
						filter={filter()}
						search={search()}
						manages={manages()}
						onDelete={setDeleting}
					/>
				</Show>
			</Show>
			<SecretDialog created={created()} onClosed={() => setCreated(undefined)} />
			<DeleteDialog
				workspaceId={workspaceId()}
				target={deleting()}
				onCancel={() => setDeleting(undefined)}
				onDeleted={onDeleted}
			/>
		</main>
	);
}

function Loading() {
	return (
		<Late>
			<p class="muted" role="status">
				Loading keys…
			</p>
		</Late>
	);
}

function KeysHeading() {
	return (
		<>
			<h1>API Keys</h1>
			<p class="lead">
				Your game sends a key with every request. Each one is shown once, kept only as a hash, and stops working the
				moment you delete it.
			</p>
		</>
	);
}
