import { spawn } from "node:child_process";
import path from "node:path";
import { text } from "node:stream/consumers";

import { describe, expect, test } from "vitest";

import { listen, NOWHERE, openBench } from "./helper.ts";
import { writePlace } from "./place-file.ts";
import { openStudio } from "./studio.ts";

const { file, openWidget, studio } = await openBench();
await openWidget();

/** Runs the CLI with these lines on stdin. */
async function run(args: string[], lines: unknown[]) {
	const child = spawn(process.execPath, [path.join(import.meta.dirname, "cli.ts"), ...args], { stdio: "pipe" });
	child.stdin.end(lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join(""));
	const [output, problems, code] = await Promise.all([
		text(child.stdout),
		text(child.stderr),
		new Promise<number | null>((resolve) => child.once("close", resolve)),
	]);
	const answers = output.split("\n").filter((line) => line !== "");
	return { answers: answers.map((line) => JSON.parse(line) as Record<string, unknown>), problems, code };
}

describe("npm run studio", () => {
	test("answers each line with one line, and exits at the end of its input", async () => {
		const { answers, code } = await run(
			["--plugin", file("widget.rbxmx"), "--server", NOWHERE],
			[
				{ do: "toolbar" },
				{ do: "click", name: "Write" },
				{ do: "settle", seconds: 5 },
				{ do: "advance", seconds: 60 },
				{ do: "undo" },
				{ do: "redo" },
				{ do: "play" },
				{ do: "stop" },
				{ do: "publish" },
				{ do: "output", server: 1 },
				{ do: "shutdown", server: 1 },
				{ do: "save", file: file("cli.rbxl") },
				{ do: "open", file: file("cli.rbxl") },
				{ do: "widget" },
			],
		);
		expect(code).toBe(0);
		expect(answers).toHaveLength(14);
		expect(answers.filter((answer) => answer["ok"] !== true)).toEqual([]);
		expect(answers[2]).toMatchObject({ state: "home", busy: false, texts: ["Written"] });
		expect(answers[8]).toMatchObject({ server: 1, output: ["first"] });
	});

	test("runs servers on older versions, lets them crash, and sends to several addresses in turn", async () => {
		const [one, other] = [
			await listen((_request, response) => response.end("one")),
			await listen((_request, response) => response.end("other")),
		];
		const place = await writePlace(file("network.rbxl"), [{ class: "HttpService", properties: { HttpEnabled: true } }]);
		const get = { do: "run", code: 'game.HttpService:GetAsync("https://api.example.com/")', server: 3 };
		const { answers } = await run(
			[
				...["--plugin", file("widget.rbxmx"), "--server", NOWHERE, "--place", place],
				...["--network", `https://api.example.com=${one},${other}`],
			],
			[
				{ do: "publish" },
				{ do: "publish" },
				{ do: "server", version: 8 },
				{ do: "server", place: "4801231234" },
				{ do: "crash", server: 1 },
				{ do: "shutdown", server: 1 },
				get,
				get,
				{ do: "network", origin: "https://api.example.com", to: other },
				get,
				get,
			],
		);
		expect(answers.slice(0, 4).map(({ version }) => version)).toEqual([8, 9, 8, 9]);
		expect(answers.map(({ ok }) => ok)).toEqual(answers.map((_, index) => index !== 5));
		expect(answers.flatMap(({ result }) => result ?? [])).toEqual(["one", "other", "other", "other"]);
	});

	test("answers a failed command with ok false and the reason, and continues", async () => {
		const { answers, code } = await run(
			["--plugin", file("widget.rbxmx"), "--server", NOWHERE],
			["not json", "[]", { do: "fly" }, {}, { do: "click" }, { do: "output", server: 9 }, { do: "widget" }],
		);
		expect(answers.map((answer) => answer["ok"])).toEqual([false, false, false, false, false, false, true]);
		expect(answers.slice(0, 6).every((answer) => typeof answer["error"] === "string")).toBe(true);
		expect(code).toBe(0);
	});

	test("prints one line saying why it cannot start, and exits with 1", async () => {
		const { answers, problems, code } = await run(
			["--plugin", file("widget.rbxmx"), "--server", NOWHERE, "--place", file("absent.rbxl")],
			[],
		);
		expect({ answers, code }).toEqual({ answers: [], code: 1 });
		expect(problems.trim().split("\n")).toHaveLength(1);
	});
});

describe("a closed Studio", () => {
	test("leaves no process behind and rejects commands", async () => {
		const other = await openStudio({ server: NOWHERE, plugin: file("widget.rbxmx") });
		const pid = other.pid ?? 0;
		await other.close();
		expect(() => process.kill(pid, 0)).toThrow("ESRCH");
		await expect(other.widget()).rejects.toThrow("closed");
		expect((await studio.widget()).open).toBe(true);
	});
});
