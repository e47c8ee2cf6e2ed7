import { rm } from "node:fs/promises";

import { onTestFinished, vi } from "vitest";

import { examineRetirements } from "../../../../server/keys/retire/examine.store.ts";
import type { Key } from "../../../../shared/wire.ts";
import { isOnPostgres } from "../../../postgres/test-database.ts";
import { dataFolder } from "../../data-folder.ts";
import { freePort } from "../../free-port.ts";
import { build, type Person, testClock, type TestServer } from "../../helper.ts";
import { placeDatabase } from "../../template-database.ts";
import { BEGINS_AT, type HistoryBackend, OUTCOME, outcomeOf, type OutcomeRow, type Product } from "./product.ts";

const SAME_ORIGIN = { "sec-fetch-site": "same-origin" };

/** Whole backends. */
export async function overHttp(): Promise<Product> {
	const dataDir = await dataFolder();
	onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
	if (!isOnPostgres()) await placeDatabase(dataDir);
	const clock = testClock();
	clock.advanceTo(BEGINS_AT);
	const servers: TestServer[] = [];
	/** By the names of backends. */
	const ports = new Map<string, number>();
	let rin: Person | undefined;

	async function start(name: string): Promise<HistoryBackend> {
		const port = ports.get(name) ?? (await freePort());
		ports.set(name, port);
		const env = { RATE_LIMIT_SCALE: "0" };
		// It writes what it counted only when told to.
		vi.useFakeTimers({ toFake: ["setInterval"] });
		const server = await build({ dataDir, clock, env }).finally(() => vi.useRealTimers());
		servers.push(server);
		await server.app.listen({ port, host: "127.0.0.1" });
		await server.app.usage.flush();
		rin ??= await server.signUp();
		const { cookie, workspaceId } = rin;
		const path = `/api/workspaces/${workspaceId}/keys`;
		async function ask<Answer>(
			method: "GET" | "POST" | "DELETE",
			url: string,
			payload?: Record<string, string>,
		): Promise<Answer> {
			const headers = { cookie, ...SAME_ORIGIN };
			const answer = await server.app.inject({ method, url, headers, ...(payload && { payload }) });
			if (answer.statusCode >= 300) throw new Error(answer.body);
			return (answer.body === "" ? undefined : answer.json()) as Answer;
		}
		return {
			now: () => server.app.storage.now(),
			request: async ({ secret }, headers) => (await server.whoami(secret ?? "", headers)).statusCode === 200,
			flush: async () => void (await server.app.usage.flush()),
			stop: () => server.close(),
			// It is closed in the end.
			kill: async () => void server.app.server.close(),
			async createKey(replaces) {
				const body = { label: "Production", ...(replaces !== null && { replaces: replaces.id }) };
				const { key, secret } = await ask<{ key: Key; secret: string }>("POST", path, body);
				return { id: key.id, secret };
			},
			revoke: ({ id }) => ask("DELETE", `${path}/${id}`),
			retire: ({ id }, by) => ask("POST", `${path}/${id}/retire`, { replacedBy: by.id }),
			keep: ({ id }) => ask("DELETE", `${path}/${id}/retire`),
			async examine() {
				while (await server.app.storage.write(examineRetirements, undefined));
			},
			outcome: ({ id }) => outcomeOf(server.db.prepare<[string], OutcomeRow>(OUTCOME).get(id)),
			async look(keys) {
				const found = await Promise.all(keys.map(({ id }) => ask<{ key: Key }>("GET", `${path}/${id}`)));
				return new Map(found.map(({ key }) => [key.id, key]));
			},
		};
	}

	return {
		clock,
		start,
		async close() {
			for (const server of servers) await server.close();
		},
	};
}
