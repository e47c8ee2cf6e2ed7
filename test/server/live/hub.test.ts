import { setTimeout as sleep } from "node:timers/promises";

import { describe, expect, onTestFinished, test, vi } from "vitest";

import { createHub } from "../../../server/live/hub.ts";
import { findStreamStart, pollLive, type PollRequest, type PollResult } from "../../../server/live/poll.store.ts";
import { createConnection } from "../../../server/storage/sqlite/connection.ts";
import { databaseOn } from "../../../server/storage/sqlite/database.ts";
import type { Storage } from "../../../server/storage/storage.ts";
import { testOnSqlite } from "../../postgres/test-database.ts";
import { build, type Person, type TestServer } from "../helper.ts";
import { type WrittenStream, writtenStream } from "./written-stream.ts";

const POLL_INTERVAL_MS = 150;
const LISTENERS = 200;
const START = { newestChange: 0, latest: { used: [], refused: [], closed: [], loggedSince: undefined } };
const NOTHING: PollResult = {
	changes: undefined,
	latest: { used: [], refused: [], closed: [], loggedSince: undefined },
	uses: [],
	ended: [],
};
const CHANGED = 'event: changed\ndata: {"topics":["activity","keys"]}\n\n';

function streamOf(server: TestServer, person: Person): WrittenStream {
	const sessionToken = server.db
		.prepare<[string], string>('SELECT token FROM session WHERE "userId" = ?')
		.pluck()
		.get(person.accountId);
	const { accountId, workspaceId } = person;
	return writtenStream({ address: "127.0.0.1", accountId, sessionToken: sessionToken ?? "", workspaceId });
}

function record(server: TestServer, { workspaceId }: Person): void {
	server.db.prepare("INSERT INTO activity (workspace_id, at, kind) VALUES (?, 0, 'key.created')").run(workspaceId);
}

/** A hub on a server's database, counting its polls. */
async function hubOn(server: TestServer) {
	const { storage } = server.app;
	const scan = vi.fn(storage.scan) as unknown as Storage["scan"] & { mock: { calls: unknown[] } };
	const hub = createHub({
		storage: { scan, onCommit: storage.onCommit },
		onError: (error) => expect.fail(String(error)),
	});
	onTestFinished(() => hub.close());
	return {
		hub,
		polls: () => scan.mock.calls.length,
		async listen(person: Person): Promise<WrittenStream> {
			const { workspaceId } = person;
			const stream = streamOf(server, person);
			hub.add(stream.stream, await storage.scan(findStreamStart, { workspaceId }));
			return stream;
		},
	};
}

/** A hub whose polls are handled by the test. */
function hubWith(handle: (request: PollRequest) => Promise<PollResult>) {
	const listeners = new Set<() => void>();
	const scan = vi.fn((_store: unknown, request: PollRequest) => handle(request));
	const onError = vi.fn();
	const hub = createHub({
		storage: {
			scan: scan as unknown as Storage["scan"],
			onCommit(listener) {
				listeners.add(listener);
				return () => listeners.delete(listener);
			},
		},
		onError,
	});
	onTestFinished(() => hub.close());
	return { hub, scan, onError, listeners, commit: () => listeners.forEach((listener) => listener()) };
}

describe("a commit", () => {
	test(`causes a few polls for ${LISTENERS} listeners, not one each`, async () => {
		const server = await build();
		const people = await Promise.all(Array.from({ length: 10 }, () => server.signUp()));
		const { hub, polls, listen } = await hubOn(server);
		const streams: WrittenStream[] = [];
		for (const person of people) {
			for (let count = 0; count < LISTENERS / people.length; count++) streams.push(await listen(person));
		}
		expect(hub.count()).toBe(LISTENERS);
		await expect.poll(() => streams.every(({ written }) => written.length > 0)).toBe(true);
		await sleep(4 * POLL_INTERVAL_MS);
		const before = polls();
		server.db.transaction(() => people.forEach((person) => record(server, person)))();
		await expect.poll(() => streams.filter(({ written }) => written.includes(CHANGED)).length).toBe(LISTENERS);
		// One for changes and access, maybe one more for uses, and maybe heartbeats in between.
		expect(polls() - before).toBeLessThanOrEqual(4);
	});

	testOnSqlite("takes as many statements for many listeners as for one", async () => {
		const server = await build();
		const people = await Promise.all(Array.from({ length: 5 }, () => server.signUp()));
		const viewers = people.map((person) => streamOf(server, person).stream.viewer);
		const connection = createConnection(server.db);
		const executeQuery = vi.spyOn(connection, "executeQuery");
		const statementsFor = async (count: number): Promise<number> => {
			executeQuery.mockClear();
			const some = Array.from({ length: count }, (_, index) => viewers[index % viewers.length]).filter(
				(viewer) => viewer !== undefined,
			);
			const followed = some.map(({ workspaceId }) => ({ workspaceId, usedSince: 0, refusedSince: 0, closedSince: 0 }));
			const request = { changesAfter: 0, followed, keyIds: ["key_1"], viewers: some };
			expect((await pollLive(databaseOn(connection)(server.clock.now()), request)).ended).toEqual([]);
			return executeQuery.mock.calls.length;
		};
		const forOne = await statementsFor(1);
		expect(forOne).toBeLessThan(13);
		expect(await statementsFor(1_000)).toBe(forOne);
	});

	test("that cannot be polled is reported once, until polling works again", async () => {
		let failures = 4;
		const { hub, scan, onError, commit } = hubWith(async () => {
			if (failures-- > 0) throw new Error("no database");
			return NOTHING;
		});
		hub.add(writtenStream().stream, START);
		commit();
		await expect.poll(() => failures).toBeLessThan(0);
		expect(onError).toHaveBeenCalledTimes(1);
		failures = 1;
		const polls = scan.mock.calls.length;
		commit();
		await expect.poll(() => scan.mock.calls.length).toBeGreaterThan(polls + 1);
		expect(onError).toHaveBeenCalledTimes(2);
	});

	test("during a poll causes one more poll, never two at a time", async () => {
		const begun: PromiseWithResolvers<PollResult>[] = [];
		const { hub, scan, commit } = hubWith(() => {
			const poll = Promise.withResolvers<PollResult>();
			begun.push(poll);
			return poll.promise;
		});
		hub.add(writtenStream().stream, START);
		commit();
		await expect.poll(() => begun.length).toBe(1);
		for (let count = 0; count < 3; count++) commit();
		await sleep(2 * POLL_INTERVAL_MS);
		expect(begun.length).toBe(1);
		begun[0]?.resolve({ ...NOTHING, changes: { until: 7, byWorkspace: [], elsewhere: [] } });
		await expect.poll(() => begun.length).toBe(2);
		begun[1]?.resolve(NOTHING);
		expect(scan.mock.calls.slice(0, 2).map(([, { changesAfter }]) => changesAfter)).toEqual([0, 7]);
	});

	test("is polled again if the poll fails", async () => {
		let attempts = 0;
		const { hub, onError, commit } = hubWith(async ({ changesAfter }) => {
			if (changesAfter === undefined) return NOTHING;
			attempts += 1;
			if (attempts === 1) throw new Error("busy");
			return { ...NOTHING, changes: { until: 1, byWorkspace: [["w", ["activity", "keys"]]], elsewhere: [] } };
		});
		const { stream, written } = writtenStream();
		hub.add(stream, START);
		commit();
		await expect.poll(() => written).toContain(CHANGED);
		expect(attempts).toBe(2);
		expect(onError).toHaveBeenCalledExactlyOnceWith(new Error("busy"));
	});
});

describe("a listener", () => {
	test("whose session expires gets the end of the stream instead of a heartbeat, without any commit", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { hub, listen } = await hubOn(server);
		server.clock.advance(60 * 24 * 3600);
		const { written, response } = await listen(rin);
		await expect.poll(() => written).toEqual(['event: over\ndata: {"reason":"session"}\n\n']);
		expect(response.writableEnded).toBe(true);
		expect(hub.count()).toBe(0);
	});

	test("added during a poll is sent nothing before a poll that checks its access", async () => {
		const changes: PollResult["changes"] = { until: 1, byWorkspace: [["w", ["activity", "keys"]]], elsewhere: [] };
		const first = Promise.withResolvers<PollResult>();
		const { hub, scan, commit } = hubWith(() => first.promise);
		const viewer = { address: "127.0.0.1", accountId: "b", sessionToken: "u", workspaceId: "w" };
		const [early, late] = [writtenStream(), writtenStream(viewer)];
		hub.add(early.stream, START);
		commit();
		await expect.poll(() => scan.mock.calls.length).toBe(1);
		hub.add(late.stream, START);
		scan.mockResolvedValue({ ...NOTHING, ended: [{ position: 0, reason: "membership" }] });
		first.resolve({ ...NOTHING, changes });
		await expect.poll(() => early.written).toEqual([CHANGED]);
		await expect.poll(() => late.written).toEqual(['event: over\ndata: {"reason":"membership"}\n\n']);
		expect(scan.mock.calls[1]?.[1].viewers).toEqual([viewer]);
	});

	test("of a workspace missing from the poll is told, in a flood, that everything may have changed", async () => {
		const first = Promise.withResolvers<PollResult>();
		const { hub, scan, commit } = hubWith(() => first.promise);
		hub.add(writtenStream().stream, START);
		commit();
		await expect.poll(() => scan.mock.calls.length).toBe(1);
		const viewer = { address: "127.0.0.1", accountId: "b", sessionToken: "u", workspaceId: "x" };
		const late = writtenStream(viewer);
		hub.add(late.stream, START);
		scan.mockResolvedValue(NOTHING);
		first.resolve({ ...NOTHING, changes: { until: 1, byWorkspace: [["w", []]], elsewhere: ["people", "keys"] } });
		await expect.poll(() => late.written).toEqual(['event: changed\ndata: {"topics":["people","keys"]}\n\n']);
	});
});

test("does nothing without listeners", async () => {
	const { hub, scan, listeners } = hubWith(async () => NOTHING);
	expect(listeners.size).toBe(0);
	const { stream } = writtenStream();
	hub.add(stream, START);
	expect(listeners.size).toBe(1);
	hub.remove(stream);
	expect(listeners.size).toBe(0);
	await sleep(2 * POLL_INTERVAL_MS);
	expect(scan).not.toHaveBeenCalled();
});
