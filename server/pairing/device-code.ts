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

/** SHA-256 in hex, as stored in the database. */
export function deviceCodeHash(deviceCode: string): string {
	return hash("sha256", deviceCode, "hex");
}

export function newSalt(): Uint8Array {
	return randomBytes(SALT_BYTES);
}

/** Derives the pairing's only key. The salt is only in the database, the device code only with the client. */
export function deriveKey(salt: Uint8Array, deviceCode: string): string {
	return keyFromBytes(createHmac("sha256", salt).update(deviceCode).digest());
}
