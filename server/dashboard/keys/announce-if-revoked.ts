import { announce } from "../ui/announce.tsx";
import { findKey } from "./keys-api.ts";
import { revokedText } from "./revoked-text.ts";

/** Announces that a key was revoked while the user was renaming it. */
export async function announceIfRevoked(workspaceId: string, keyId: string): Promise<void> {
	const key = await findKey(workspaceId, keyId).catch(() => undefined);
	if (key?.state === "revoked") announce(revokedText(key));
}
