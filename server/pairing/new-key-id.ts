/** The id of the key that a pairing will issue, so that it can be linked to before. */
export function newKeyId(pairingId: string): string {
	return pairingId.replace(/^[^_]+/, "key");
}
