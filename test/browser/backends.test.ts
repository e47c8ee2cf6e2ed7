import { describe, expect, test } from "vitest";

import type { CreatedBackend } from "../../shared/wire.ts";
import { axeFindings } from "./axe.ts";
import { usePages } from "./pages.ts";
import type { Account } from "./server.ts";
import { joinTeam } from "./team.ts";

const pages = usePages();

const settingsOf = (account: Account) => `/workspaces/${account.workspaceId}/settings`;

async function createBackend(account: Account): Promise<CreatedBackend> {
	const path = `/api/workspaces/${account.workspaceId}/backends`;
	return (await (await account.request("POST", path, { name: "Game API" })).json()) as CreatedBackend;
}

/** Sends what the dialog's example sends. */
async function introspect(user: string, token: string): Promise<{ status: number; active: unknown }> {
	const answer = await fetch(`${pages.server.url}/oauth/introspect`, {
		method: "POST",
		headers: { authorization: `Basic ${Buffer.from(user).toString("base64")}` },
		body: new URLSearchParams({ token }),
	});
	return { status: answer.status, active: ((await answer.json()) as { active?: unknown }).active };
}

describe("a workspace's backends", () => {
	test("are created with a secret that is shown once, and copied before the dialog closes", async () => {
		const rin = await pages.server.signUp("Rin");
		const { secret: key } = await rin.createKey("Production");
		const page = await pages.open(settingsOf(rin), rin);
		await page.getByRole("button", { name: "Create" }).click();
		await page.getByText("Give the backend a name").waitFor();
		await page.getByLabel("Backend name").fill("Game API");
		await page.getByLabel("Backend name").press("Enter");
		const dialog = page.getByRole("dialog", { name: "Secret for Game API" });
		const example = await dialog.getByRole("region", { name: "Example" }).innerText();
		const id = /-u "(bk_[0-9a-z]{20}):\$AUXVYN_BACKEND_SECRET"/.exec(example)?.[1] ?? "";
		expect(await axeFindings(page)).toEqual([]);
		await dialog.getByRole("button", { name: "Close" }).click();
		await dialog.getByText("Close without copying?").waitFor();
		await page.getByRole("button", { name: "Keep open" }).click();
		await dialog.getByRole("button", { name: "Copy" }).click();
		await dialog.getByRole("button", { name: "Copied" }).waitFor();
		const secret = await page.evaluate<string>("navigator.clipboard.readText()");
		expect(await introspect(`${id}:${secret}`, key)).toEqual({ status: 200, active: true });
		await dialog.getByRole("button", { name: "Close" }).click();
		await dialog.waitFor({ state: "detached" });
		await page.getByRole("listitem").filter({ hasText: id }).waitFor();
		expect(await page.content()).not.toContain(secret);
	});

	test("are renamed and deleted, live for others, who see them without buttons", async () => {
		const rin = await pages.server.signUp("Rin");
		const jo = await pages.server.signUp("Jo");
		await joinTeam(rin, jo, "member");
		const other = await pages.open(settingsOf(rin), jo);
		await other.getByText("No backends yet.").waitFor();
		const { backend, secret } = await createBackend(rin);
		await other.getByText("Game API").waitFor();
		expect(await other.getByRole("button", { name: /Game API|Create/ }).count()).toBe(0);

		const page = await pages.open(settingsOf(rin), rin);
		const row = page.getByRole("listitem").filter({ hasText: backend.id });
		await row.getByRole("button", { name: "Rename Game API" }).click();
		await page.getByLabel("New name").fill("Leaderboard API");
		await page.getByLabel("New name").press("Enter");
		await other.getByText("Leaderboard API").waitFor();

		const deletion = row.getByRole("button", { name: "Delete Leaderboard API" });
		await deletion.click();
		const question = page.getByRole("alertdialog", { name: "Delete Leaderboard API?" });
		await question.getByRole("button", { name: "Cancel" }).click();
		await question.waitFor({ state: "detached" });
		expect((await introspect(`${backend.id}:${secret}`, "x")).status).toBe(200);
		await deletion.click();
		await question.getByText("refused from the next request on").waitFor();
		await question.getByRole("button", { name: "Delete" }).click();
		await question.waitFor({ state: "detached" });
		await row.waitFor({ state: "detached" });
		expect((await introspect(`${backend.id}:${secret}`, "x")).status).toBe(401);
		await other.getByText("No backends yet.").waitFor();

		await page.getByRole("link", { name: "Activity" }).click();
		await page.getByText("Rin created credentials for the backend Game API").waitFor();
		await page.getByText("Rin renamed the backend Game API to Leaderboard API").waitFor();
		await page.getByText("Rin deleted the backend Leaderboard API").waitFor();
	});

	test("show when they were last used", async () => {
		const rin = await pages.server.signUp("Rin");
		const { backend, secret } = await createBackend(rin);
		const page = await pages.open(settingsOf(rin), rin);
		await page.getByText("never used").waitFor();
		await introspect(`${backend.id}:${secret}`, "any token");
		await page.getByText(/last used (just now|\d+ s ago)/).waitFor();
	});
});

describe("the reverse proxy's lines", () => {
	test("name this workspace for each proxy, and copy as they are shown", async () => {
		const [rin, stranger] = [await pages.server.signUp("Rin"), await pages.server.signUp("Stranger")];
		const [own, foreign] = [await rin.createKey("Production"), await stranger.createKey("Production")];
		const page = await pages.open(settingsOf(rin), rin);
		for (const [proxy, starts] of [
			["nginx", "upstream auxvyn {"],
			["Caddy", "{\n\tservers {"],
			["HAProxy", "global"],
			["Traefik", "http:\n  routers:"],
			["Envoy", "static_resources:"],
		] as const) {
			await page.getByRole("radio", { name: proxy }).check();
			const shown = await page.getByRole("region", { name: "Configuration" }).innerText();
			expect(shown.startsWith(starts)).toBe(true);
			await page.getByRole("button", { name: "Copy" }).click();
			await page.getByRole("button", { name: "Copied" }).waitFor();
			expect(await page.evaluate<string>("navigator.clipboard.readText()")).toBe(shown);

			expect(shown).toContain(`:${new URL(pages.server.url).port}`);
			const path = /\/v1\/forward-auth\?workspace=ws_[0-9a-z]+/.exec(shown)?.[0] ?? "";
			const ask = async (secret: string) =>
				(await fetch(pages.server.url + path, { headers: { "x-api-key": secret } })).status;
			expect([await ask(own.secret), await ask(foreign.secret)]).toEqual([200, 403]);
		}
	});
});
