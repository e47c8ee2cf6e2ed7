import { hash, randomBytes } from "node:crypto";

const TOKEN_BYTES = 32;

/** Sets a new password, once: only its hash is stored. */
export function newResetToken(): string {
	return randomBytes(TOKEN_BYTES).toString("base64url");
}

/** SHA-256 in hex. */
export function resetTokenHash(token: string): string {
	return hash("sha256", token, "hex");
}

/** The token is behind the #, so that no server, proxy or referrer ever sees it. */
export function resetLink(publicUrl: string, token: string): string {
	return `${publicUrl}/reset#${token}`;
}
