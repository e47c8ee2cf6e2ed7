import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { onChange } from "../../plugin/build/watch.ts";
import { temporaryFolder } from "./helper.ts";

test("a watching build runs again after a change, not at once beside itself, and not for its own output", async () => {
	const repository = await temporaryFolder();
	for (const folder of ["plugin/src/ui", "plugin/runtime", "shared"]) {
		await mkdir(path.join(repository, folder), { recursive: true });
	}
	const write = (file: string) => writeFile(path.join(repository, file), String(Math.random()));
	const ending = new AbortController();
	let running = 0;
	let runs = 0;
	let mostAtOnce = 0;
	let finish: () => void = () => undefined;
	const watching = onChange(
		repository,
		async () => {
			runs += 1;
			running += 1;
			mostAtOnce = Math.max(mostAtOnce, running);
			await new Promise<void>((resolve) => (finish = resolve));
			running -= 1;
		},
		ending.signal,
	).catch(() => undefined);
	onTestFinished(async () => {
		ending.abort();
		await watching;
	});

	await write("plugin/Auxvyn.rbxmx");
	await write("plugin/src/ui/screen.ts");
	await expect.poll(() => runs).toBe(1);
	await write("shared/wire.ts");
	await write("plugin/runtime/init.luau");
	finish();
	await expect.poll(() => runs).toBe(2);
	finish();
	await expect.poll(() => running).toBe(0);
	expect([runs, mostAtOnce]).toEqual([2, 1]);
});
