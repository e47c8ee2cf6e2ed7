import { setTimeout as sleep } from "node:timers/promises";

import { describe, expect, onTestFinished, test, vi } from "vitest";

import { createHub } from "../../../server/live/hub.ts";
import { findStreamStart, lookAround, type LookRequest, type LookResult } from "../../../server/live/look.store.ts";
import { createConnection } from "../../../server/storage/sqlite/connection.ts";
import { databaseOn } from "../../../server/storage/sqlite/database.ts";
import type { Storage } from "../../../server/storage/storage.ts";
import { build, type Person, type TestServer } from "../helper.ts";
import { type WrittenStream, writtenStream } from "./written-stream.ts";

const LOOK_EVERY_MS = 150;
const LISTENERS = 200;
const START = { newestChange: 0, latest: { used: [], refused: [] } };
const NOTHING: LookResult = { changes: undefined, latest: { used: [], refused: [] }, uses: [], ended: [] };
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

/** A hub on a server's own database, and how often it has looked. */
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
		looks: () => scan.mock.calls.length,
		async listen(person: Person): Promise<WrittenStream> {
			const { workspaceId } = person;
			const stream = streamOf(server, person);
			hub.add(stream.stream, await storage.scan(findStreamStart, { workspaceId }));
			return stream;
		},
	};
}

/** A hub whose looks the test answers itself. */
function hubOf(answer: (question: LookRequest) => Promise<LookResult>) {
	const listeners = new Set<() => void>();
	const scan = vi.fn((_store: unknown, question: LookRequest) => answer(question));
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
	test(`costs ${LISTENERS} listeners a few looks, not one for each`, async () => {
		const server = await build();
		const people = await Promise.all(Array.from({ length: 10 }, () => server.signUp()));
		const { hub, looks, listen } = await hubOn(server);
		const streams: WrittenStream[] = [];
		for (const person of people) {
			for (let count = 0; count < LISTENERS / people.length; count++) streams.push(await listen(person));
		}
		expect(hub.count()).toBe(LISTENERS);
		await expect.poll(() => streams.every(({ written }) => written.length > 0)).toBe(true);
		await sleep(4 * LOOK_EVERY_MS);
		const before = looks();
		server.db.transaction(() => people.forEach((person) => record(server, person)))();
		await expect.poll(() => streams.filter(({ written }) => written.includes(CHANGED)).length).toBe(LISTENERS);
		// One for the changes and the rights, and one more where uses are not due yet; a sign of life may fall between.
		expect(looks() - before).toBeLessThanOrEqual(4);
	});

	test("is looked for by as many statements for many listeners as for one", async () => {
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
			const followed = some.map(({ workspaceId }) => ({ workspaceId, usedSince: 0, refusedSince: 0 }));
			const question = { changesAfter: 0, followed, keyIds: ["key_1"], viewers: some };
			expect((await lookAround(databaseOn(connection)(server.clock.now()), question)).ended).toEqual([]);
			return executeQuery.mock.calls.length;
		};
		const forOne = await statementsFor(1);
		expect(forOne).toBeLessThan(10);
		expect(await statementsFor(1_000)).toBe(forOne);
	});

	test("during a look makes one more look, and never two at a time", async () => {
		const begun: PromiseWithResolvers<LookResult>[] = [];
		const { hub, scan, commit } = hubOf(() => {
			const look = Promise.withResolvers<LookResult>();
			begun.push(look);
			return look.promise;
		});
		hub.add(writtenStream().stream, START);
		commit();
		await expect.poll(() => begun.length).toBe(1);
		for (let count = 0; count < 3; count++) commit();
		await sleep(2 * LOOK_EVERY_MS);
		expect(begun.length).toBe(1);
		begun[0]?.resolve({ ...NOTHING, changes: { until: 7, byWorkspace: [], elsewhere: [] } });
		await expect.poll(() => begun.length).toBe(2);
		begun[1]?.resolve(NOTHING);
		expect(scan.mock.calls.slice(0, 2).map(([, { changesAfter }]) => changesAfter)).toEqual([0, 7]);
	});

	test("whose look fails is looked for again, though nothing else is committed", async () => {
		let attempts = 0;
		const { hub, onError, commit } = hubOf(async ({ changesAfter }) => {
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
	test("whose session runs out is sent the end in the place of a sign of life, though nobody commits", async () => {
		const server = await build();
		const rin = await server.signUp();
		const { hub, listen } = await hubOn(server);
		server.clock.advance(60 * 24 * 3600);
		const { written, answer } = await listen(rin);
		await expect.poll(() => written).toEqual(['event: over\ndata: {"reason":"session"}\n\n']);
		expect(answer.writableEnded).toBe(true);
		expect(hub.count()).toBe(0);
	});

	test("who comes during a look is told nothing before a look in which their rights were asked for", async () => {
		const changes: LookResult["changes"] = { until: 1, byWorkspace: [["w", ["activity", "keys"]]], elsewhere: [] };
		const first = Promise.withResolvers<LookResult>();
		const { hub, scan, commit } = hubOf(() => first.promise);
		const viewer = { address: "127.0.0.1", accountId: "b", sessionToken: "u", workspaceId: "w" };
		const [early, late] = [writtenStream(), writtenStream(viewer)];
		hub.add(early.stream, START);
		commit();
		await expect.poll(() => scan.mock.calls.length).toBe(1);
		hub.add(late.stream, START);
		scan.mockResolvedValue({ ...NOTHING, ended: [{ place: 0, reason: "membership" }] });
		first.resolve({ ...NOTHING, changes });
		await expect.poll(() => early.written).toEqual([CHANGED]);
		await expect.poll(() => late.written).toEqual(['event: over\ndata: {"reason":"membership"}\n\n']);
		expect(scan.mock.calls[1]?.[1].viewers).toEqual([viewer]);
	});

	test("of a workspace that a look did not ask about is told, in a flood, that all may have changed", async () => {
		const first = Promise.withResolvers<LookResult>();
		const { hub, scan, commit } = hubOf(() => first.promise);
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

test("nothing is done while nobody listens", async () => {
	const { hub, scan, listeners } = hubOf(async () => NOTHING);
	expect(listeners.size).toBe(0);
	const { stream } = writtenStream();
	hub.add(stream, START);
	expect(listeners.size).toBe(1);
	hub.remove(stream);
	expect(listeners.size).toBe(0);
	await sleep(2 * LOOK_EVERY_MS);
	expect(scan).not.toHaveBeenCalled();
});
