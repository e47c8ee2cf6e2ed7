import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, beforeAll, expect, it } from "vitest";

import { askProgram } from "./ask-program.ts";
import { type BackendProcess, startBackend } from "./backend-process.ts";
import { codeIn } from "./page-code.ts";
import { findPython, PYTHON_FOLDER } from "./python/find-python.ts";
import { describeRules } from "./rules.ts";
import { revoke, startWorld, type World } from "./world.ts";

const TIMEOUT_MS = 180_000;

let folder = "";
let python = "";
let world: World;
let page: BackendProcess;

beforeAll(async () => {
	python = await findPython();
	folder = await mkdtemp(path.join(tmpdir(), "auxvyn-python-"));
	const [code = ""] = await codeIn("python.md", "python");
	await writeFile(path.join(folder, "main.py"), code);
	world = await startWorld();
	// As `uvicorn main:app` does, on the test's port.
	const start = 'import os, uvicorn; uvicorn.run("main:app", host="127.0.0.1", port=int(os.environ["PORT"]))';
	page = await startBackend([python, "-c", start], { cwd: folder, env: world.env });
}, TIMEOUT_MS);

afterAll(async () => {
	await page.stop();
	await world.close();
	await rm(folder, { recursive: true, force: true });
});

it("Authlib introspects keys in Python, and protects an API with them, with a workspace's own credentials", async () => {
	const { rin, jo } = world;
	const [live, revoked, foreign] = [
		await rin.createKey("Live game"),
		await rin.createKey("Old"),
		await jo.createKey("J"),
	];
	await revoke(rin, revoked.key.id);
	const lines = [live.secret, revoked.secret, foreign.secret];
	const inactive = {
		protected: [401, expect.objectContaining({ error: "invalid_token" })],
		introspected: [200, { active: false }],
	};
	const script = path.join(PYTHON_FOLDER, "introspect.py");
	expect(await askProgram([python, script], { cwd: folder, env: world.env, lines })).toEqual([
		{
			protected: [200, { workspace: rin.workspaceId, key: "Live game" }],
			introspected: [200, expect.objectContaining({ active: true, sub: rin.workspaceId })],
		},
		inactive,
		inactive,
	]);
});

describeRules("the backend in docs/backends/python.md", () => ({ world, backends: { python: page } }));
