import { hash, randomBytes, timingSafeEqual } from "node:crypto";

/** Not a key's prefix, so that neither can be mistaken for the other. */
const SECRET_PREFIX = "bks_";
const SECRET_BYTES = 32;
const ID_PREFIX = "bk_";

/** A new secret for a backend. Form-encoding leaves its characters unchanged (RFC 6749 §2.3.1). */
export function newBackendSecret(): string {
	return `${SECRET_PREFIX}${randomBytes(SECRET_BYTES).toString("base64url")}`;
}

/** Whether a client id is a backend's. */
export function isBackendId(clientId: string): boolean {
	return clientId.startsWith(ID_PREFIX);
}

/** SHA-256 in hex. */
export function backendSecretHash(secret: string): string {
	return hash("sha256", secret, "hex");
}

/** Compares in constant time. */
export function isBackendSecret(secret: string, secretHash: Uint8Array): boolean {
	return timingSafeEqual(Buffer.from(backendSecretHash(secret), "hex"), secretHash);
}
