import path from "node:path";

import { generateKey } from "../../server/keys/manage/generate-key.ts";
import { builtPlugin } from "../studio/built-plugin.ts";
import { type LuneProgram, startLuneProgram } from "../studio/lune-program.ts";
import { KEY_IDS } from "./cases.ts";

const ADDRESS = {
	text: "https://keys.example.com",
	host: "keys.example.com",
	secure: true,
	loopback: false,
	port: 443,
};

/** Starts a program of this folder on the built plugin, with keys and an address for its places. */
export async function startGuardProgram(file: string): Promise<LuneProgram> {
	const keys = { key: generateKey(), newKey: generateKey(), other: generateKey() };
	const words = { ...keys, keyId: KEY_IDS.right, newKeyId: "key_cccccccccccccccccccc", address: ADDRESS };
	return startLuneProgram(path.join(import.meta.dirname, file), await builtPlugin(), JSON.stringify(words));
}
