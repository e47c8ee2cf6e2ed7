import { spawn } from "node:child_process";
import { once } from "node:events";

/** Gives a program lines on stdin, and returns the JSON of its lines on stdout. */
export async function askProgram(
	[program, ...args]: [string, ...string[]],
	{ cwd, env, lines }: { cwd: string; env: Record<string, string>; lines: string[] },
): Promise<unknown[]> {
	const child = spawn(program, args, { cwd, env: { PATH: process.env["PATH"], ...env } });
	const ended = once(child, "close") as Promise<[number | null]>;
	let errors = "";
	child.stderr.setEncoding("utf8").on("data", (chunk: string) => (errors += chunk));
	child.stdin.end(lines.map((line) => `${line}\n`).join(""));
	const output = (await child.stdout.setEncoding("utf8").toArray()).join("");
	const [code] = await ended;
	if (code !== 0) throw new Error(`${program} failed:\n${errors}`);
	return output
		.trim()
		.split("\n")
		.map((line) => JSON.parse(line) as unknown);
}
