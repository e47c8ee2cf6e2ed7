import { announce } from "../ui/announce.tsx";
import { searchField } from "./after-delete.ts";
import { findKey } from "./keys-api.ts";
import { endedWords } from "./revoked-words.ts";

/**
 * While a key was being renamed its row was taken away, or somebody else ended the key: says so, and hands the focus to
 * what is nearest where it was lost. To be called while the row is still there.
 */
export async function renameLost(workspaceId: string, keyId: string, row: Element): Promise<void> {
	const nearest = [row, row.nextElementSibling, row.previousElementSibling];
	queueMicrotask(() => {
		if (document.activeElement !== document.body) return;
		const left = nearest.find((each) => each?.isConnected === true);
		(left?.querySelector<HTMLElement>("a, button") ?? searchField())?.focus();
	});
	const key = await findKey(workspaceId, keyId).catch(() => undefined);
	if (key?.state === "revoked") announce(endedWords(key));
}
