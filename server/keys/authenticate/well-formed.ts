import { crc32 } from "node:zlib";

import { KEY_CHARACTERS, KEY_PREFIX, KEY_RANDOM_CHARACTERS } from "../../../shared/key-format.ts";

const CHARACTERS = /^auxvyn_[0-9a-f]{60}$/;
const CHECKSUM_AT = KEY_PREFIX.length + KEY_RANDOM_CHARACTERS;

/** What `isWellFormedKey` of `shared/` says, which also runs in Studio, in a twentieth of the time. */
export function isWellFormed(key: string): boolean {
	if (key.length !== KEY_CHARACTERS || !CHARACTERS.test(key)) return false;
	return crc32(key.slice(KEY_PREFIX.length, CHECKSUM_AT)) === parseInt(key.slice(CHECKSUM_AT), 16);
}
