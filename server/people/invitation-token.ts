import { hash, randomBytes } from "node:crypto";

const TOKEN_BYTES = 32;

/** As good as a password for anybody who has the link: only its hash is stored. */
export function newInvitationToken(): string {
	return randomBytes(TOKEN_BYTES).toString("base64url");
}

/** SHA-256 in hex. */
export function invitationHash(token: string): string {
	return hash("sha256", token, "hex");
}
