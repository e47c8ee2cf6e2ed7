import { A } from "@solidjs/router";
import { createSignal, onMount } from "solid-js";

import { type Pairing, ROUTES, type Workspace } from "../../../shared/wire.ts";
import { findWorkspace } from "./find-workspace.ts";

type Key = NonNullable<Pairing["previousKey"]>;

/** For a key that Studio only reported: why it cannot be revoked here, and what to do instead. */
export function UnprovenKey(props: { previous: Key; workspaces: Workspace[] }) {
	const [workspace, setWorkspace] = createSignal<Workspace>();
	// The list of keys will do if it fails.
	onMount(() => void findWorkspace(props.previous, props.workspaces).then(setWorkspace, () => undefined));
	const page = () => workspace() && `/workspaces/${workspace()?.id}/keys/${props.previous.id}`;
	return (
		<div class="stack tight">
			<p>
				The place's current key: <bdi>{props.previous.label}</bdi> <span class="unbroken">…{props.previous.hint}</span>
			</p>
			<p class="small muted">
				It stays active. It cannot be retired or revoked from here, because Studio did not prove that the place has it:
				the plugin is older than this server (
				<a href={ROUTES.plugin} download="Auxvyn.rbxmx" rel="external">
					download the current one
				</a>
				), or the key no longer works. Once the new key works,{" "}
				<A href={page() ?? "/"}>retire or delete the old one on its page</A>.
			</p>
		</div>
	);
}
