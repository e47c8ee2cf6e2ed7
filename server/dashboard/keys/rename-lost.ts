import { announce } from "../ui/announce.tsx";
import { findKey } from "./keys-api.ts";
import { endedWords } from "./revoked-words.ts";

/** While a key was being renamed its row was taken away, or somebody else ended the key: says so. */
export async function renameLost(workspaceId: string, keyId: string): Promise<void> {
	const key = await findKey(workspaceId, keyId).catch(() => undefined);
	if (key?.state === "revoked") announce(endedWords(key));
}
