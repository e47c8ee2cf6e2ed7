import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { measure, type Measured } from "./load.ts";

const SCRIPT = fileURLToPath(new URL("wrk.lua", import.meta.url));
export const KEY_PLACE = "@KEY@";

export interface KeyedLoad {
	port: number;
	/** A whole HTTP/1.1 request, with `KEY_PLACE` where the key stands. */
	request: string;
	/** One of them is sent with each request, picked at random. None: `request` names no key. All have the same length. */
	keys: readonly string[];
	/** They are random already: they are sent in turn. */
	inTurn?: boolean;
	/** Of every answer. */
	status: number;
	connections: number;
	seconds: number;
}

interface Result {
	requests: number;
	micros: number;
	p50: number;
	p99: number;
	/** Answers of 400 and more. */
	refused: number;
	failed: number;
}

/** wrk where it is installed, which takes little of the CPU that the server needs. Undefined: it is not. */
export async function findWrk(): Promise<string | undefined> {
	const child = spawn("wrk", ["--version"], { stdio: "ignore" });
	const [code] = (await Promise.race([once(child, "exit"), once(child, "error").then(() => [null])])) as unknown[];
	return code === null ? undefined : "wrk";
}

/**
 * Sends as many requests as the server takes, by wrk, or by a client of our own.
 * @throws Error if an answer has another status
 */
export async function load(wrk: string | undefined, load: KeyedLoad): Promise<Measured> {
	const { request, keys, inTurn = false, status, connections, seconds, port } = load;
	if (wrk === undefined) {
		const next = (index: number) => (inTurn ? index % keys.length : Math.floor(Math.random() * keys.length));
		const requestOf = (index: number) => request.replace(KEY_PLACE, keys[next(index)] ?? "");
		return measure({ port, requestOf, connections, seconds, status });
	}
	const folder = await mkdtemp(path.join(tmpdir(), "auxvyn-wrk-"));
	try {
		const files = { REQUEST: path.join(folder, "request"), KEYS: path.join(folder, "keys") };
		await writeFile(files.REQUEST, request);
		await writeFile(files.KEYS, keys.join(""));
		const about = { KEY_CHARACTERS: String(keys[0]?.length ?? 1), IN_TURN: inTurn ? "yes" : "" };
		const args = ["-t", "1", "-c", String(connections), "-d", `${seconds}s`, "--latency", "-s", SCRIPT];
		const child = spawn(wrk, [...args, `http://127.0.0.1:${port}`], {
			env: { ...process.env, ...files, ...about },
			stdio: ["ignore", "pipe", "inherit"],
		});
		let output = "";
		child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
		await once(child, "close");
		const line = /^RESULT (.*)$/m.exec(output)?.[1];
		if (line === undefined) throw new Error(`wrk printed no result:\n${output}`);
		const result = JSON.parse(line) as Result;
		const isRefusal = status >= 400;
		if (result.failed > 0 || result.refused !== (isRefusal ? result.requests : 0))
			throw new Error(`Of ${result.requests} answers, ${result.refused} were refusals, and ${result.failed} failed.`);
		return { rate: (result.requests / result.micros) * 1e6, p50: result.p50 / 1000, p99: result.p99 / 1000 };
	} finally {
		await rm(folder, { recursive: true });
	}
}
