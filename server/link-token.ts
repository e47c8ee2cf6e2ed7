import { hash, randomBytes } from "node:crypto";

const TOKEN_BYTES = 32;

/** The secret in an invitation or password reset link. It goes in the URL fragment, and only its hash is stored. */
export function newLinkToken(): string {
	return randomBytes(TOKEN_BYTES).toString("base64url");
}

/** SHA-256 in hex. */
export function linkTokenHash(token: string): string {
	return hash("sha256", token, "hex");
}
