import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";

import { expect, it, onTestFinished } from "vitest";

import { createThread } from "../../server/thread.ts";
import { tempDir } from "./temp-dir.ts";

const THREAD = fileURLToPath(new URL("../../server/thread.ts", import.meta.url));

it("a thread that is asked several things at once gives each its own answer, failures too", async () => {
	const module = join(await tempDir(), "double.mjs");
	await writeFile(
		module,
		`import { answerQuestions } from ${JSON.stringify(pathToFileURL(THREAD).href)};
		answerQuestions((number) => {
			if (number === 2) throw new Error("not two");
			return number * 2;
		});`,
	);
	const thread = createThread<number, number>(pathToFileURL(module), undefined);
	onTestFinished(() => thread.close());
	const answers = await Promise.allSettled([1, 2, 3].map((number) => thread.ask(() => number)));
	expect(answers).toMatchObject([{ value: 2 }, { reason: { message: "not two" } }, { value: 6 }]);
});

it("closing one that is just answering ends, although nothing else is left to do", async () => {
	const folder = await tempDir();
	const module = join(folder, "echo.mjs");
	const from = JSON.stringify(pathToFileURL(THREAD).href);
	await writeFile(module, `import { answerQuestions } from ${from}; answerQuestions((number) => number);`);
	const main = join(folder, "main.mjs");
	await writeFile(
		main,
		`import { createThread } from ${from};
		const thread = createThread(new URL("./echo.mjs", import.meta.url), undefined);
		thread.ask(() => 1).catch(() => undefined);
		await new Promise(setImmediate);
		// Time for the answer to come, and none to hear it.
		Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);
		await thread.close();
		console.log("closed");`,
	);
	const { stdout } = await promisify(execFile)(process.execPath, [main]);
	expect(stdout).toContain("closed");
});
