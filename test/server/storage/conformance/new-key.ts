import { newId } from "../../../../server/ids.ts";
import { digestOf } from "../../../../server/keys/digest.ts";
import type { NewKey } from "../../../../server/keys/key-writes.store.ts";
import { generateKey, hintOf } from "../../../../server/keys/secret.ts";

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
