import { A } from "@solidjs/router";

import type { KeyRef } from "../../../shared/wire.ts";

/** "Production …a41c", linked to the key's page. */
export function KeyLink(props: { workspaceId: string; key: KeyRef; hash?: string }) {
	return (
		<A class="key-link" href={`/workspaces/${props.workspaceId}/keys/${props.key.id}${props.hash ?? ""}`}>
			<bdi>{props.key.label}</bdi> <span class="unbroken">…{props.key.hint}</span>
		</A>
	);
}
