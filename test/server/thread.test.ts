import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

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
	const answers = await Promise.allSettled([1, 2, 3].map((number) => thread.ask(number)));
	expect(answers).toMatchObject([{ value: 2 }, { reason: { message: "not two" } }, { value: 6 }]);
});
