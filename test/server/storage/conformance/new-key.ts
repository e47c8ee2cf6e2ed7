import { newId } from "../../../../server/ids.ts";
import { digestOf } from "../../../../server/keys/authenticate/digest.ts";
import { generateKey, hintOf } from "../../../../server/keys/manage/generate-key.ts";
import type { NewKey } from "../../../../server/keys/manage/key-writes.store.ts";

export const NOBODY = { accountId: null, address: null };

/** A key as the dashboard makes one. */
export function newKey(workspaceId: string): NewKey {
	const secret = generateKey();
	return {
		actor: NOBODY,
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
