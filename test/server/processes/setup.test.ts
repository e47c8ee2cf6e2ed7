import { describe, expect, it, onTestFinished } from "vitest";

import { testOnSqlite } from "../../postgres/test-database.ts";
import { settingsFor } from "../process-settings.ts";
import { runCommand } from "../run-command.ts";
import { type ServerProcess, startServer } from "../server-process.ts";
import { tempDir } from "../temp-dir.ts";

const GIVEN_TOKEN = "a-token-that-a-script-has-chosen-0";
const PASSWORD = "correct horse battery";

/** A server as a newcomer starts it: with the default SIGN_UP. */
async function started(folder: string, env: Record<string, string> = {}): Promise<ServerProcess> {
	const server = await startServer({ ...(await settingsFor(folder)), SIGN_UP: "", ...env });
	onTestFinished(async () => {
		await server.stop();
	});
	return server;
}

/** What it says about the first account. */
function kindOf(output: string): "link" | "other" | undefined {
	if (output.includes("/setup#token=")) return "link";
	return output.includes("printed by the other server") ? "other" : undefined;
}

async function post({ url }: ServerProcess, path: string, fields: Record<string, string>) {
	const response = await fetch(`${url}/api/auth/${path}`, {
		method: "POST",
		headers: { origin: url, "content-type": "application/json" },
		body: JSON.stringify(fields),
	});
	return [response.status, response.status < 400 ? undefined : ((await response.json()) as { code: string }).code];
}

const signUp = (server: ServerProcess, setup: string, email = "rin@example.com") =>
	post(server, "sign-up/email", { name: "Rin", email, password: PASSWORD, setup });

const OK = [200, undefined];
const INVALID = [403, "setup_token_invalid"];

describe("a server without an account", () => {
	it("prints a link at each start that creates the first account, once, and is in no log line", async () => {
		const folder = await tempDir();
		const first = await started(folder, { LOG_LEVEL: "trace" });
		const token = await first.setupToken();
		await first.stop();
		expect(first.output().split(token)).toHaveLength(2);
		expect(first.output()).toContain(`once, within 24 hours: ${first.url}/setup#token=${token}\n`);

		const second = await started(folder, { LOG_LEVEL: "trace" });
		const another = await second.setupToken();
		expect(another).not.toBe(token);
		expect(await signUp(second, token)).toEqual(OK);
		for (const used of [token, another]) expect(await signUp(second, used, "jo@example.com")).toEqual(INVALID);
		await second.stop();
		expect(second.output()).not.toContain(token);
		expect(second.output().split(another)).toHaveLength(2);

		const third = await started(folder);
		await third.stop();
		expect(third.output()).not.toContain("/setup#");
	});

	it("prints one link if two servers start together, and takes it at either, once", async () => {
		const folder = await tempDir();
		const servers = await Promise.all([started(folder), started(folder)]);
		await expect.poll(() => servers.map(({ output }) => kindOf(output())).sort()).toEqual(["link", "other"]);
		const [printer, other] = kindOf(servers[0].output()) === "link" ? servers : servers.toReversed();
		if (printer === undefined || other === undefined) throw new Error("There are two servers.");
		const token = await printer.setupToken();
		const uses = await Promise.all([signUp(other, token), signUp(printer, token, "jo@example.com")]);
		expect(uses.toSorted()).toEqual([OK, INVALID]);
	});

	it("takes the token of AUXVYN_SETUP_TOKEN, and never prints it", async () => {
		const server = await started(await tempDir(), { AUXVYN_SETUP_TOKEN: GIVEN_TOKEN, LOG_LEVEL: "trace" });
		await expect.poll(server.output).toContain("/setup#token=<AUXVYN_SETUP_TOKEN>");
		expect(await signUp(server, GIVEN_TOKEN.toUpperCase())).toEqual(INVALID);
		expect(await signUp(server, GIVEN_TOKEN)).toEqual(OK);
		expect(await signUp(server, GIVEN_TOKEN, "jo@example.com")).toEqual(INVALID);
		expect(server.output()).not.toContain(GIVEN_TOKEN);
	});
});

describe("npm run create-account", () => {
	it("creates an account while the server is running or not, and ends the set-up links", async () => {
		const folder = await tempDir();
		const server = await started(folder);
		const token = await server.setupToken();
		const env = { PUBLIC_URL: server.url, PORT: String(server.port), ...(await settingsFor(folder)) };

		const created = await runCommand("create-account", [" Rin@Example.com"], env);
		expect(created).toMatchObject({ code: 0, stderr: "" });
		expect(await signUp(server, token, "jo@example.com")).toEqual(INVALID);
		const [, reset = ""] = new RegExp(`^${server.url}/reset#(\\S{43})$`, "m").exec(created.stdout) ?? [];
		expect(await post(server, "reset-password", { token: reset, password: PASSWORD })).toEqual([204, undefined]);
		expect(await post(server, "sign-in/email", { email: "rin@example.com", password: PASSWORD })).toEqual(OK);
		expect(server.output()).not.toContain(reset);

		await server.stop();
		expect((await runCommand("create-account", ["jo@example.com"], env)).code).toBe(0);
	});

	testOnSqlite("says in one line what is wrong, and changes nothing", async () => {
		const folder = await tempDir();
		const env = { DATA_DIR: folder };
		const refusal = async (...args: string[]) => {
			const { code, stdout, stderr } = await runCommand("create-account", args, env);
			expect([code, stdout]).toEqual([1, ""]);
			expect(stderr).toMatch(/^.+\n$/);
			return stderr;
		};
		expect(await refusal("rin@example.com")).toMatch(/^There is no database at .* after its first start\.$/m);
		await (await started(folder)).stop();
		expect(await refusal()).toMatch(/^Give the new account's e-mail address: npm run create-account/);
		expect(await refusal("rin")).toBe("This is not an e-mail address.\n");
		await runCommand("create-account", ["rin@example.com"], env);
		expect(await refusal("rin@example.com")).toMatch(/^This e-mail address already has an account\. .*reset-password/);
	});
});
