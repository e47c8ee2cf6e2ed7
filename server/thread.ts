import { parentPort, Worker } from "node:worker_threads";

type Reply<Answer> = { answer: Answer } | { failure: string };

export interface Thread<Question, Answer> {
	/** In the order asked, one at a time; each is put when its turn comes. @throws Error with the message of what was thrown over there */
	ask(question: () => Question): Promise<Answer>;
	close(): Promise<void>;
}

/** A worker thread that answers questions, one at a time. It is started with the first one, and again after it has died. */
export function createThread<Question, Answer>(module: URL, workerData: unknown): Thread<Question, Answer> {
	let worker: Worker | undefined;
	/** Settles once everything asked so far is answered: answers carry no name, so two at once would be mixed up. */
	let before: Promise<unknown> = Promise.resolve();
	let closing = false;

	function ask(question: () => Question): Promise<Answer> {
		const mine = before.then(() => askNow(question()));
		before = mine.catch(() => undefined);
		return mine;
	}

	function askNow(question: Question): Promise<Answer> {
		worker ??= start();
		const running = worker;
		return new Promise((resolve, reject) => {
			// Held until the answer, so that the process does not end meanwhile.
			running.ref();
			const done = (): void => {
				if (!closing) running.unref();
				running.off("message", onMessage).off("error", onFailure).off("exit", onExit);
			};
			const onMessage = (reply: Reply<Answer>): void => {
				done();
				if ("answer" in reply) resolve(reply.answer);
				else reject(new Error(reply.failure));
			};
			const onFailure = (error: Error): void => {
				done();
				worker = undefined;
				reject(error);
			};
			const onExit = (): void => onFailure(new Error("The worker thread ended."));
			running.on("message", onMessage).on("error", onFailure).on("exit", onExit);
			running.postMessage(question);
		});
	}

	function start(): Worker {
		const started = new Worker(module, { workerData });
		started.unref();
		return started;
	}

	return {
		ask,
		async close(): Promise<void> {
			closing = true;
			// Held as well until it has ended, or else a process with nothing more to do would stop in the middle of closing.
			worker?.ref();
			await worker?.terminate();
		},
	};
}

/** The other end. */
export function answerQuestions(answer: (question: never) => unknown): void {
	const reply = (said: Reply<unknown>): void => parentPort?.postMessage(said);
	parentPort?.on("message", (question) => {
		try {
			reply({ answer: answer(question as never) });
		} catch (error) {
			reply({ failure: error instanceof Error ? error.message : String(error) });
		}
	});
}
