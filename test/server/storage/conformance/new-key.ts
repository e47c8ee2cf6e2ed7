import { newId } from "../../../../server/ids.ts";
import { digestOf } from "../../../../server/keys/authenticate/digest.ts";
import { generateKey, hintOf } from "../../../../server/keys/manage/generate-key.ts";
import type { NewKey } from "../../../../server/keys/manage/key-writes.store.ts";

export const NO_ACTOR = { accountId: null, address: null };

/** A key as the dashboard creates one. */
export function newKey(workspaceId: string): NewKey {
	const secret = generateKey();
	return {
		actor: NO_ACTOR,
		id: newId("key"),
		digest: digestOf(secret),
		hint: hintOf(secret),
		workspaceId,
		label: "Lobby",
		origin: "dashboard",
		place: null,
		replaces: null,
		confirmBy: null,
	};
}
