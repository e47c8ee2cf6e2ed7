import { EventEmitter } from "node:events";

import { describe, expect, it } from "vitest";

import type { Message, Reply } from "../../../server/storage/sqlite/messages.ts";
import { createThread } from "../../../server/storage/sqlite/thread.ts";

const JOB = { store: "addRow", args: {}, now: 0, priority: "normal" } as const;
const FILE = { path: "auxvyn.db", inode: 1, runTwice: false };

/** A thread whose process replies when told to. */
function fakeThread() {
	const processes: FakeProcess[] = [];
	const thread = createThread("writer", () => {
		const started = new FakeProcess();
		processes.push(started);
		return started;
	});
	return { thread, processes };
}

class FakeProcess extends EventEmitter {
	readonly messages: Message[] = [];
	isHeld = false;
	postMessage(message: unknown): void {
		this.messages.push(message as Message);
	}
	ref(): void {
		this.isHeld = true;
	}
	unref(): void {
		this.isHeld = false;
	}
	async terminate(): Promise<void> {
		this.emit("exit");
	}
	reply(reply: Reply): void {
		this.emit("message", reply);
	}
}

describe("a storage thread", () => {
	it("starts with its first job, and opens a database once", async () => {
		const { thread, processes } = fakeThread();
		const channel = thread.connect(FILE);
		expect(processes).toEqual([]);
		void channel.ask(JOB);
		void channel.ask(JOB);
		expect(processes).toHaveLength(1);
		expect(processes[0]?.messages.map(({ kind }) => kind)).toEqual(["open", "run", "run"]);
	});

	it("keeps the process alive only while it has jobs", async () => {
		const { thread, processes } = fakeThread();
		const asked = [thread.connect(FILE).ask(JOB), thread.connect(FILE).ask(JOB)];
		const [only] = processes;
		for (const [id, database] of [0, 1].entries()) {
			expect(only?.isHeld).toBe(true);
			only?.reply({ kind: "done", database, id, outcome: { result: id, now: 1 } });
		}
		expect(await Promise.all(asked)).toEqual([
			{ result: 0, now: 1 },
			{ result: 1, now: 1 },
		]);
		expect(only?.isHeld).toBe(false);
	});

	it("that dies leaves the outcome unknown, and the next job starts another one", async () => {
		const { thread, processes } = fakeThread();
		const channel = thread.connect(FILE);
		const asked = channel.ask(JOB);
		processes[0]?.emit("error", new Error("out of memory"));
		processes[0]?.emit("exit");
		await expect(asked).rejects.toMatchObject({ code: "outcome_unknown", cause: new Error("out of memory") });
		void channel.ask(JOB);
		expect(processes[1]?.messages.map(({ kind }) => kind)).toEqual(["open", "run"]);
	});

	it("closes a database once its jobs are done, and keeps the process alive until it has ended", async () => {
		const { thread, processes } = fakeThread();
		const channel = thread.connect(FILE);
		void channel.ask(JOB);
		const closing = channel.close();
		expect(processes[0]?.messages.at(-1)).toEqual({ kind: "close", database: 0 });
		processes[0]?.reply({ kind: "done", database: 0, id: 0, outcome: { result: 0, now: 1 } });
		processes[0]?.reply({ kind: "closed", database: 0 });
		await closing;
		const ended = thread.close();
		expect(processes[0]?.isHeld).toBe(true);
		await ended;
	});
});
