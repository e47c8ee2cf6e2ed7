import { describe, expect, it, onTestFinished } from "vitest";

import { testOnSqlite } from "../../postgres/test-database.ts";
import { signUpAt } from "../person.ts";
import { settingsFor } from "../process-settings.ts";
import { runCommand } from "../run-command.ts";
import { startServer } from "../server-process.ts";
import { tempDir } from "../temp-dir.ts";

const resetPassword = (args: string[], env: Record<string, string>) => runCommand("reset-password", args, env);

describe("npm run reset-password", () => {
	it("prints a link that sets a new password while the server is running", async () => {
		const settings = await settingsFor(await tempDir());
		const server = await startServer(settings);
		onTestFinished(async () => {
			await server.stop();
		});
		const rin = await signUpAt(server.url);
		const env = { PUBLIC_URL: server.url, ...settings, PORT: String(server.port) };

		const { code, stdout } = await resetPassword([` ${rin.email.toUpperCase()}`], env);
		expect(code).toBe(0);
		expect(stdout).toMatch(/until \d/);
		const [, token = ""] = new RegExp(`^${server.url}/reset#([A-Za-z0-9_-]{43})$`, "m").exec(stdout) ?? [];
		const set = await rin.request("POST", "/api/auth/reset-password", { token, password: "staple of a battery" });
		expect(set.status).toBe(204);
		expect((await rin.request("GET", "/api/workspaces")).status).toBe(401);
		expect(server.output()).not.toContain(token);

		const unknown = await resetPassword(["nobody@example.com"], env);
		expect(unknown).toMatchObject({ code: 1, stdout: "" });
		expect(unknown.stderr).toBe("No account has this e-mail address. Check the spelling.\n");
	});

	testOnSqlite("says in one line what it needs, and creates no database", async () => {
		const DATA_DIR = await tempDir();
		const elsewhere = await resetPassword(["rin@example.com"], { DATA_DIR });
		expect([elsewhere.code, elsewhere.stderr]).toEqual([1, expect.stringMatching(/^There is no database at .*\n$/)]);
		const alone = await resetPassword([], { DATA_DIR });
		expect([alone.code, alone.stderr]).toEqual([1, expect.stringMatching(/^Give the account's e-mail address: .*\n$/)]);
	});
});
