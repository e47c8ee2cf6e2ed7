import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { Agent, get } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, it, onTestFinished } from "vitest";

import { freePort } from "../free-port.ts";
import { signUpAt } from "../person.ts";
import { settingsFor } from "../process-settings.ts";
import { startServer } from "../server-process.ts";
import { tempDir } from "../temp-dir.ts";

const REPOSITORY = fileURLToPath(new URL("../../..", import.meta.url));

/** Runs a start that must fail. Returns its exit code and output. */
async function failingStart(env: Record<string, string>): Promise<{ code: number; lines: string[] }> {
	const child = spawn(process.execPath, ["server/start.js"], {
		cwd: REPOSITORY,
		env: { PATH: process.env["PATH"] ?? "", LOG_LEVEL: "warn", ...env },
	});
	onTestFinished(() => void child.kill("SIGKILL"));
	let output = "";
	child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
	child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
	const [code] = (await once(child, "close")) as [number];
	return { code, lines: output.trim().split("\n") };
}

describe("npm start", () => {
	it("reports an invalid configuration in one line, and exits with 1", async () => {
		const { code, lines } = await failingStart({ DATA_DIR: await tempDir(), HOST: "0.0.0.0" });
		expect(code).toBe(1);
		expect(lines).toHaveLength(1);
		expect(lines[0]).toMatch(/^HOST is 0\.0\.0\.0.*PUBLIC_URL is needed/);
	});

	it("reports a port that is in use", async () => {
		const blocker = createServer().listen(0, "127.0.0.1");
		onTestFinished(() => void blocker.close());
		await once(blocker, "listening");
		const { port } = blocker.address() as { port: number };
		const { code, lines } = await failingStart({ DATA_DIR: await tempDir(), PORT: String(port) });
		expect(code).toBe(1);
		expect(lines).toEqual([`Port ${port} is in use: stop the program that uses it, or set another PORT.`]);
	});

	it("reports a HOST that this machine does not have, and a misspelt setting before", async () => {
		// For documentation only (RFC 5737).
		const env = { HOST: "192.0.2.1", PUBLIC_URL: "https://keys.example.com", BACKUP_EVRY: "6h" };
		const { code, lines } = await failingStart({ DATA_DIR: await tempDir(), ...env });
		expect(code).toBe(1);
		expect(lines).toEqual([
			"BACKUP_EVRY is not a setting, and has no effect: did you mean BACKUP_EVERY?",
			"HOST is not an address of this machine: set it to one, or leave it unset.",
		]);
	});

	it("reports an unusable database", async () => {
		const dataDir = await tempDir();
		await writeFile(join(dataDir, "auxvyn.db"), "no database".repeat(100));
		const { code, lines } = await failingStart({ DATA_DIR: dataDir });
		expect(code).toBe(1);
		expect(lines).toHaveLength(1);
		expect(lines[0]).toContain("not a SQLite database; move it away");
	});

	it("stops with npm, although the shell in between passes no signal on", async () => {
		const port = await freePort();
		const env = { ...process.env, PORT: String(port), DATA_DIR: await tempDir() };
		const npm = spawn("npm", ["start"], { cwd: REPOSITORY, env, stdio: ["ignore", "pipe", "ignore"] });
		onTestFinished(() => void npm.kill("SIGKILL"));
		let output = "";
		await new Promise<void>((resolve) => {
			npm.stdout.on("data", (chunk: Buffer) => {
				output += chunk.toString();
				if (output.includes("Auxvyn is ready")) resolve();
			});
		});
		npm.kill("SIGTERM");
		const answers = () =>
			fetch(`http://127.0.0.1:${port}/healthz`).then(
				() => true,
				() => false,
			);
		await expect.poll(answers, { timeout: 10_000 }).toBe(false);
	});

	it.each(["SIGTERM", "SIGHUP"] as const)(
		"stops on %s although a browser keeps its connection open, and loses no counts",
		async (signal) => {
			const env = { ...(await settingsFor(await tempDir())), RATE_LIMIT_SCALE: "0" };
			const server = await startServer(env);
			const rin = await signUpAt(server.url);
			const { secret } = await rin.createKey("Counted");
			const agent = new Agent({ keepAlive: true });
			onTestFinished(() => agent.destroy());
			const answer = get(`http://127.0.0.1:${server.port}/v1/whoami`, { agent, headers: { "x-api-key": secret } });
			const [response] = (await once(answer, "response")) as [NodeJS.ReadableStream];
			response.resume();
			await once(response, "end");
			const exited = once(server.child, "exit");
			server.child.kill(signal);
			expect(await exited).toEqual([0, null]);

			const again = await startServer({ ...env, PORT: String(server.port) });
			onTestFinished(async () => {
				await again.stop();
			});
			const list = await rin.request("GET", `/api/workspaces/${rin.workspaceId}/keys`);
			expect(await list.json()).toMatchObject({ keys: [{ requests24h: 1 }] });
		},
	);
});
