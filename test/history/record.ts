import { setTimeout as sleep } from "node:timers/promises";

import type { FastifyInstance } from "fastify";

import type { CreatedKey } from "../../shared/wire.ts";
import type { Operation, State } from "./explain.ts";

/** One of several servers on one database. */
export type Server = Pick<FastifyInstance, "inject">;

export interface RecordOptions {
	/** At least as old as the database knows them: a fault must not keep the first of them from starting. */
	servers: readonly Server[];
	/** Of a person who may manage the workspace's keys. */
	headers: Record<string, string>;
	workspaceId: string;
	/** From 0 up to 1, the same for the same seed. */
	random: () => number;
	keys: number;
	/** How many keys are alive at a time. */
	atOnce: number;
	/** Where each operation goes once it has ended. */
	history: Operation[];
}

/** While the database is away. */
const RETRY_MS = 50;
const SEEN: Readonly<Record<string, State>> = { revoked_key: "revoked", unknown_key: "unknown" };

/** Creates keys, checks them on all servers, and revokes them, several at a time. */
export async function recordHistory(options: RecordOptions): Promise<void> {
	let left = options.keys;
	const live = async () => {
		while (left > 0) {
			left -= 1;
			const number = left;
			let attempt = 0;
			// Without its answer no one knows the key.
			while (!(await liveOf(`key ${number}.${attempt}`, options))) {
				attempt += 1;
				await sleep(options.random() * RETRY_MS);
			}
		}
	};
	await Promise.all(Array.from({ length: options.atOnce }, live));
}

/** Resolves to false if the key was not created, or may not have been. */
async function liveOf(key: string, { servers, headers, workspaceId, random, history }: RecordOptions) {
	const anyServer = () => Math.floor(random() * servers.length);
	const keys = `/api/workspaces/${workspaceId}/keys`;
	/** Notes when it was asked and answered; `judge` says what the answer shows. */
	const ask = async (
		what: Operation["what"],
		request: { method: "GET" | "POST" | "DELETE"; url: string; headers: Record<string, string>; payload?: object },
		judge: (status: number, code: string) => Pick<Operation, "seen"> | undefined,
	) => {
		const server = anyServer();
		const invokedAt = performance.now();
		const answer = await servers[server]?.inject(request);
		const body = answer?.body === "" ? {} : answer?.json<{ code?: string }>();
		const shown = judge(answer?.statusCode ?? 0, body?.code ?? "");
		history.push({ what, key, server, invokedAt, answeredAt: shown ? performance.now() : Infinity, ...shown });
		return { answer, isAnswered: shown !== undefined };
	};

	const created = await ask("create", { method: "POST", url: keys, headers, payload: { label: key } }, (status) =>
		status === 201 ? {} : undefined,
	);
	if (!created.isAnswered) return false;
	const { key: row, secret } = created.answer?.json<CreatedKey>() ?? { key: { id: "" }, secret: "" };
	const check = () =>
		ask("check", { method: "GET", url: "/v1/whoami", headers: { "x-api-key": secret } }, (status, code) => {
			const seen = status === 200 ? "active" : SEEN[code];
			return seen && { seen };
		});
	const checkFor = async (times: number) => {
		// Counts those that were answered, so that a history says as much whatever happens.
		for (let answered = 0; answered < times;) {
			if ((await check()).isAnswered) answered += 1;
			await sleep(random() * 8);
		}
	};
	const checking = Promise.all([checkFor(12), checkFor(12), checkFor(12)]);
	await sleep(random() * 60);
	for (let isRevoked = false; !isRevoked;) {
		const revoked = await ask("revoke", { method: "DELETE", url: `${keys}/${row.id}`, headers }, (status) =>
			status === 204 ? {} : undefined,
		);
		isRevoked = revoked.isAnswered;
		if (!isRevoked) await sleep(random() * RETRY_MS);
	}
	await Promise.all([checkFor(6), checkFor(6), checking]);
	return true;
}
