import { expect, test } from "vitest";

import { usePages } from "./pages.ts";
import { joinTeam } from "./team.ts";

const pages = usePages();

test("activity shows who did what, live, filtered by person or key", async () => {
	const rin = await pages.server.signUp("Rin");
	const jo = await pages.server.signUp("Jo");
	await joinTeam(rin, jo, "admin");
	const { key } = await rin.createKey("<b>Test</b>");
	const page = await pages.open(`/workspaces/${rin.workspaceId}/activity`, rin);
	const entries = page.getByRole("listitem");
	await entries.filter({ hasText: "Rin generated the key <b>Test</b>" }).getByText(rin.address).waitFor();
	await entries.filter({ hasText: "Jo joined as an admin" }).waitFor();
	await page.getByRole("heading", { name: "Today" }).waitFor();

	await jo.request("PATCH", `/api/workspaces/${rin.workspaceId}/keys/${key.id}`, { label: "Staging" });
	await entries.filter({ hasText: "Jo renamed the key <b>Test</b> to Staging" }).waitFor();

	await page.getByLabel("Person").selectOption("Jo");
	await entries.filter({ hasText: "Rin generated" }).waitFor({ state: "detached" });
	expect(await entries.count()).toBe(2);
	await page.getByRole("button", { name: /Show only the key Staging/ }).click();
	await entries.filter({ hasText: "joined" }).waitFor({ state: "detached" });
	await page.reload();
	await page.getByText("Only the key Staging").waitFor();
	await page.getByLabel("Person").selectOption("Everyone");
	await entries.filter({ hasText: "Rin generated" }).waitFor();
	expect(await entries.count()).toBe(2);
	await page.getByRole("button", { name: "All keys" }).click();
	await entries.filter({ hasText: "Rin created the workspace" }).waitFor();
});

test("activity shows fifty entries, and more on request", async () => {
	const rin = await pages.server.signUp("Rin");
	await Promise.all(Array.from({ length: 52 }, () => rin.createKey("Production")));
	const page = await pages.open(`/workspaces/${rin.workspaceId}/activity`, rin);
	await page.getByText("Rin generated the key Production").first().waitFor();
	expect(await page.getByRole("listitem").count()).toBe(50);
	await page.getByRole("button", { name: "Show more" }).click();
	await page.getByText("Rin created the workspace").waitFor();
	expect(await page.getByRole("listitem").count()).toBe(53);
});

test("activity of a kind that the page is too old to know is listed, and the rest as usual", async () => {
	const rin = await pages.server.signUp("Rin");
	await rin.createKey("Production");
	const page = await pages.open("/", rin);
	await page.route("**/api/workspaces/*/activity*", async (route) => {
		const response = await route.fetch();
		const body = (await response.text()).replace("key.created", "key.lent");
		await route.fulfill({ response, body });
	});
	await page.getByRole("link", { name: "Activity" }).click();
	await page.getByText("This page is too old to show this entry.").waitFor();
	await page.getByText("Rin created the workspace").waitFor();
});
