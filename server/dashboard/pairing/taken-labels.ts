import { createEffect, createSignal, on } from "solid-js";

import { listKeys } from "../keys/keys-api.ts";
import { searchQuery } from "../keys/search-query.ts";

/** The server's page limit. */
const MAX_LABELS = 200;
/** So few that labels are found, too, in which the name was shortened. */
const SEARCHED_CODE_POINTS = 24;

/** Labels that one made of `name` might repeat, of active and revoked keys of a workspace. Empty until they are known. */
export function createTakenLabels(workspaceId: () => string, name: string): () => readonly string[] {
	const q = searchQuery(Array.from(name).slice(0, SEARCHED_CODE_POINTS).join(""));
	const [labels, setLabels] = createSignal<readonly string[]>([]);
	const load = async (id: string) => {
		// Without an answer the label may repeat one, which the Security page then reports.
		const list = await listKeys(id, { q, limit: MAX_LABELS }).catch(() => undefined);
		if (list && id === workspaceId()) setLabels(list.keys.map(({ label }) => label));
	};
	createEffect(
		on(workspaceId, (id) => {
			setLabels([]);
			if (id !== "") void load(id);
		}),
	);
	return labels;
}
