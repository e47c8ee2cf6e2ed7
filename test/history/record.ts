import { setTimeout as sleep } from "node:timers/promises";

import type { CreatedKey } from "../../shared/wire.ts";
import type { Operation, State } from "./explain.ts";

export interface Request {
	method: "GET" | "POST" | "DELETE";
	url: string;
	headers: Record<string, string>;
	payload?: object;
}

export interface Answer {
	status: number;
	body: string;
}

/** One of several servers on one database. */
export interface Server {
	number: number;
	/** Resolves to undefined if the connection broke before the answer. */
	ask(request: Request): Promise<Answer | undefined>;
}

interface Asking {
	servers: readonly Server[];
	/** From 0 up to 1, the same for the same seed. */
	random: () => number;
	/** Where each operation goes once it has ended. */
	history: Operation[];
	/** Once it is aborted, nothing more is asked. */
	signal?: AbortSignal | undefined;
}

export interface RecordOptions extends Asking {
	/** Of a person who may manage the workspace's keys. */
	headers: Record<string, string>;
	workspaceId: string;
	/** How many keys are revoked, at least. */
	keys: number;
	/** More keys come until it says so. */
	isEnough?: () => boolean;
	/** Of so many keys, one is never revoked. Default: all are revoked. */
	keepsOneOf?: number;
	/** How many keys are alive at a time. */
	atOnce: number;
}

export interface RecordedKey {
	/** In the history, and its label. */
	name: string;
	secret: string;
	isRevoked: boolean;
}

/** While the database is away. */
const RETRY_MS = 50;
/** A revocation that finds no key is as good as a check. */
const KEY_NOT_FOUND = { what: "check", seen: "unknown" } as const;
const SEEN: Readonly<Record<string, State>> = { revoked_key: "revoked", unknown_key: "unknown" };

/**
 * Creates keys, checks them on all servers, and revokes them, several at a time.
 * @returns the keys whose creation was answered
 */
export async function recordHistory(options: RecordOptions): Promise<RecordedKey[]> {
	const { keys, keepsOneOf = Infinity, isEnough = () => true, random } = options;
	const recorded: RecordedKey[] = [];
	let [begun, left] = [0, keys];
	const live = async () => {
		while (left > 0 || !isEnough()) {
			begun += 1;
			const number = begun;
			const isKept = number % keepsOneOf === 0;
			if (!isKept) left -= 1;
			let key: RecordedKey | undefined;
			// Without its answer no one knows the key.
			for (let attempt = 0; key === undefined; attempt += 1) {
				if (attempt > 0) await sleep(random() * RETRY_MS);
				key = await liveOf(`key ${number}.${attempt}`, isKept, options);
			}
			recorded.push(key);
		}
	};
	await Promise.all(Array.from({ length: options.atOnce }, live));
	return recorded;
}

/** Checks the key once. Resolves to what was seen; undefined: that was not answered. */
export async function check({ name, secret }: Omit<RecordedKey, "isRevoked">, asking: Asking) {
	let seen: State | undefined;
	await ask(
		{ what: "check", key: name },
		{ method: "GET", url: "/v1/whoami", headers: { "x-api-key": secret } },
		(status, code) => {
			seen = status === 200 ? "active" : SEEN[code];
			return seen && { seen };
		},
		asking,
	);
	return seen;
}

/** Asks any server, and notes when. `judge` says what the answer shows; undefined: that it is none. */
async function ask(
	operation: Pick<Operation, "what" | "key">,
	request: Request,
	judge: (status: number, code: string) => Partial<Pick<Operation, "what" | "seen">> | undefined,
	{ servers, random, history, signal }: Asking,
) {
	signal?.throwIfAborted();
	const server = servers[Math.floor(random() * servers.length)];
	const invokedAt = performance.now();
	const answer = await server?.ask(request);
	const { code = "" } = JSON.parse(answer?.body || "{}") as { code?: string };
	const shown = answer && judge(answer.status, code);
	const answeredAt = shown ? performance.now() : Infinity;
	history.push({ ...operation, server: server?.number ?? 0, invokedAt, answeredAt, ...shown });
	return shown && answer;
}

/** Resolves to undefined if the key was not created, or may not have been. */
async function liveOf(name: string, isKept: boolean, options: RecordOptions): Promise<RecordedKey | undefined> {
	const { headers, workspaceId, random } = options;
	const keys = `/api/workspaces/${workspaceId}/keys`;
	const created = await ask(
		{ what: "create", key: name },
		{ method: "POST", url: keys, headers, payload: { label: name } },
		(status) => (status === 201 ? {} : undefined),
		options,
	);
	if (created === undefined) return undefined;
	const { key, secret } = JSON.parse(created.body) as CreatedKey;
	const checkFor = async (times: number) => {
		// Counts those that were answered, so that a history says as much whatever happens.
		for (let answered = 0; answered < times;) {
			if ((await check({ name, secret }, options)) !== undefined) answered += 1;
			await sleep(random() * 8);
		}
	};
	const checking = Promise.all([checkFor(12), checkFor(12), checkFor(12)]);
	await sleep(random() * 60);
	for (let isDone = isKept; !isDone;) {
		const revoked = await ask(
			{ what: "revoke", key: name },
			{ method: "DELETE", url: `${keys}/${key.id}`, headers },
			(status) => {
				if (status === 404) return KEY_NOT_FOUND;
				return status === 204 ? {} : undefined;
			},
			options,
		);
		isDone = revoked !== undefined;
		if (!isDone) await sleep(random() * RETRY_MS);
	}
	// Most of them at once, when a server that has not heard of it could still accept the key.
	await Promise.all([...Array.from({ length: 6 }, () => checkFor(2)), checking]);
	return { name, secret, isRevoked: !isKept };
}
