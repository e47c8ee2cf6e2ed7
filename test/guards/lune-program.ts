import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";

import { generateKey } from "../../server/keys/manage/generate-key.ts";
import { builtPlugin } from "../studio/built-plugin.ts";
import { findLune } from "../studio/find-lune.ts";
import { KEY_IDS } from "./cases.ts";

const ADDRESS = {
	text: "https://keys.example.com",
	host: "keys.example.com",
	secure: true,
	loopback: false,
	port: 443,
};

export interface LuneProgram {
	/** Sends one line of JSON, and returns the answer to it. */
	ask: (question: unknown) => Promise<unknown>;
	close: () => Promise<void>;
}

/** Starts a program of this folder on the built plugin, with keys and an address for its places. */
export async function startLuneProgram(file: string): Promise<LuneProgram> {
	const program = path.join(import.meta.dirname, file);
	const child = spawn(await findLune(), ["run", program, await builtPlugin()], { stdio: "pipe" });
	let complaints = "";
	child.stderr.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
	const closed = new Promise((resolve) => child.once("close", resolve));
	const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
	const tell = (value: unknown) => child.stdin.write(`${JSON.stringify(value)}\n`);
	const keys = { key: generateKey(), newKey: generateKey(), other: generateKey() };
	tell({ ...keys, keyId: KEY_IDS.right, newKeyId: "key_cccccccccccccccccccc", address: ADDRESS });
	return {
		ask: async (question) => {
			tell(question);
			const line = await answers.next();
			if (line.done === true) throw new Error(`Lune ended: ${complaints}`);
			return JSON.parse(line.value) as unknown;
		},
		close: async () => {
			child.stdin.end();
			child.kill("SIGKILL");
			await closed;
		},
	};
}
