import { describe, expect, test } from "vitest";

import { axeFindings } from "./axe.ts";
import { usePages } from "./pages.ts";
import { PASSWORD } from "./server.ts";
import { inviteLink } from "./team.ts";

const pages = usePages();

describe("an invitation", () => {
	test("is created in one browser and accepted in another by a new user", async () => {
		const rin = await pages.server.signUp("Rin");
		await rin.createKey("Production");
		const one = await pages.open(`/workspaces/${rin.workspaceId}/people`, rin);
		await one.getByRole("radio", { name: "Admin" }).check({ force: true });
		await one.getByRole("button", { name: "Create link" }).click();
		const dialog = one.getByRole("dialog", { name: "Send this link to one person" });
		await dialog.getByRole("button", { name: "Copy" }).click();
		await dialog.getByRole("button", { name: "Copied" }).waitFor();
		const link = await one.evaluate<string>("navigator.clipboard.readText()");
		await dialog.getByRole("button", { name: "Close" }).click();
		await dialog.waitFor({ state: "detached" });
		expect(await one.content()).not.toContain(new URL(link).hash.slice(1));

		const requested: string[] = [];
		const other = await pages.open("/favicon.svg", undefined, {});
		other.on("request", (request) => requested.push(request.url()));
		await other.goto(link);
		await other.getByRole("heading", { name: "Rin invites you to Rin's workspace" }).waitFor();
		expect(await axeFindings(other)).toEqual([]);
		await other.getByLabel("Name").fill("Jo");
		await other.getByLabel("E-mail").fill("jo@example.com");
		await other.getByLabel("Password", { exact: true }).fill(PASSWORD);
		await other.getByRole("button", { name: "Sign up" }).click();
		await other.getByRole("button", { name: "Accept" }).click();
		await other.getByRole("row", { name: /Production/ }).waitFor();
		await other.getByRole("button", { name: "Generate" }).waitFor();
		expect(requested).toContain(`${pages.server.url}/api/invitations/accept`);
		expect(requested.filter((url) => url.includes(new URL(link).hash.slice(1)) && url !== link)).toEqual([]);

		await one.getByRole("row", { name: /Jo jo@/ }).waitFor();
		await one.getByRole("heading", { name: "Open invitations" }).waitFor({ state: "detached" });
		await one.getByLabel("Role of Jo").selectOption("Member");
		await other.getByRole("button", { name: "Generate" }).waitFor({ state: "detached" });
		const old = await rin.createKey("Deleted");
		await rin.request("DELETE", `/api/workspaces/${rin.workspaceId}/keys/${old.key.id}`);
		await other.getByRole("radio", { name: "All" }).check();
		await other.getByRole("row", { name: /Deleted/ }).waitFor();
		expect(await other.getByRole("button", { name: /^(Rename|Delete)$/ }).count()).toBe(0);
		await one.getByRole("button", { name: "Remove Jo" }).click();
		await one.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
		await other.getByRole("heading", { name: "Workspace not found" }).waitFor();
	});

	test("is reported as expired, unknown or already accepted", async () => {
		const rin = await pages.server.signUp("Rin");
		const page = await pages.open(await inviteLink(rin, "member"), rin);
		await page.getByText("You are already in Rin's workspace, as an owner.").waitFor();
		await page.getByRole("link", { name: "Open workspace" }).click();
		await page.getByRole("heading", { name: "Get the plugin" }).waitFor();
		await page.goto(`${pages.server.url}/invite#unheard-of`);
		await page.getByRole("heading", { name: "Invitation not found" }).waitFor();
		await page.route("**/api/invitations/look", (route) =>
			route.fulfill({ status: 410, json: { code: "expired_invitation", detail: "Too old." } }),
		);
		await page.goto("about:blank");
		await page.goto(`${pages.server.url}/invite#${"x".repeat(43)}`);
		await page.getByRole("heading", { name: "This invitation has expired" }).waitFor();
	});
});
