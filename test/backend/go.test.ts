import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, beforeAll, expect, it } from "vitest";

import { runProcess } from "../../plugin/build/run-process.ts";
import { askProgram } from "./ask-program.ts";
import { type BackendProcess, startBackend } from "./backend-process.ts";
import { findGo, GO_MODULE } from "./go/find-go.ts";
import { codeIn } from "./page-code.ts";
import { describeRules } from "./rules.ts";
import { revoke, startWorld, type World } from "./world.ts";

const TIMEOUT_MS = 180_000;

let folder = "";
let world: World;
let page: BackendProcess;

beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), "auxvyn-go-"));
	const [code = ""] = await codeIn("go.md", "go");
	await writeFile(path.join(folder, "main.go"), code);
	const go = await findGo();
	// Go's own checks of the page's code, as `go test` would make them; and both programs.
	for (const [args, cwd] of [
		[["vet", "main.go"], folder],
		[["build", "-o", path.join(folder, "page"), "main.go"], folder],
		[["build", "-o", path.join(folder, "introspect"), "."], GO_MODULE],
	] as const) {
		const { code: exitCode, output } = await runProcess(go, [...args], { cwd });
		expect(exitCode, output).toBe(0);
	}
	world = await startWorld();
	page = await startBackend([path.join(folder, "page")], { cwd: folder, env: world.env });
}, TIMEOUT_MS);

afterAll(async () => {
	await page.stop();
	await world.close();
	await rm(folder, { recursive: true, force: true });
});

it("zitadel/oidc introspects keys in Go, with a workspace's own credentials", async () => {
	const { rin, jo } = world;
	const [live, revoked, foreign] = [
		await rin.createKey("Live game"),
		await rin.createKey("Old"),
		await jo.createKey("J"),
	];
	await revoke(rin, revoked.key.id);
	const program = path.join(folder, "introspect");
	const lines = [live.secret, revoked.secret, foreign.secret, "nonsense"];
	const inactive = { active: false, sub: "", key: null, error: "" };
	expect(await askProgram([program], { cwd: folder, env: world.env, lines })).toEqual([
		{ active: true, sub: rin.workspaceId, key: { id: live.key.id, label: "Live game" }, error: "" },
		inactive,
		inactive,
		inactive,
	]);
	const env = { ...world.env, AUXVYN_CLIENT_SECRET: "bks_wrong" };
	const [refused] = await askProgram([program], { cwd: folder, env, lines: lines.slice(0, 1) });
	expect(refused).toMatchObject({ active: false, error: expect.stringContaining("invalid_client") as string });
});

describeRules("the backend in docs/backends/go.md", () => ({ world, backends: { go: page } }));
