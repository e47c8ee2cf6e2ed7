import { createHmac, hash, randomBytes } from "node:crypto";

import { keyFromBytes } from "../keys/manage/generate-key.ts";

const DEVICE_CODE_BYTES = 32;
const SALT_BYTES = 32;
const DEVICE_CODE = /^[A-Za-z0-9_-]{43}$/;

export function newDeviceCode(): string {
	return randomBytes(DEVICE_CODE_BYTES).toString("base64url");
}

export function isDeviceCode(text: string): boolean {
	return DEVICE_CODE.test(text);
}

/** What the database keeps of a device code: SHA-256, here in hex. */
export function deviceCodeHash(deviceCode: string): string {
	return hash("sha256", deviceCode, "hex");
}

export function newSalt(): Uint8Array {
	return randomBytes(SALT_BYTES);
}

/** The pairing's one key. It needs both halves: the database has only the salt, and the client only the code. */
export function deriveKey(salt: Uint8Array, deviceCode: string): string {
	return keyFromBytes(createHmac("sha256", salt).update(deviceCode).digest());
}
