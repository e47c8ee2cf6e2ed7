import { describe, expect, test } from "vitest";

import { isOlderPlugin } from "../../server/dashboard/onboarding/plugin-version.ts";
import { openCode } from "./open-code.ts";
import { usePages } from "./pages.ts";
import type { Account } from "./server.ts";
import { connectFromStudio } from "./studio.ts";

const pages = usePages();
const OLD = "0.0.9+0123abcd";
const short = (version: string) => version.split("+")[0] ?? "";

async function offered(): Promise<string> {
	const { headers } = await fetch(`${pages.server.url}/plugin/Auxvyn.rbxmx`, { method: "HEAD" });
	return headers.get("x-auxvyn-plugin") ?? "";
}

async function connectWith(account: Account, version: string): Promise<void> {
	const studio = await connectFromStudio(pages.server.url, {}, { version });
	const approval = { workspaceId: account.workspaceId, label: "Crystal Caverns" };
	await account.request("POST", `/api/pairings/${studio.user_code}/approve`, approval);
}

describe("the version of the plugin", () => {
	test("stands at its download, and beside it an older one that Studio runs", async () => {
		const account = await pages.server.signUp("Rin");
		await account.createKey("Production");
		const page = await pages.open("/", account);
		const shown = page.getByText(`Plugin version ${short(await offered())}`, { exact: true });
		expect(await shown.getAttribute("title")).toBe(await offered());

		await connectWith(account, OLD);
		const older = (inStudio: string, here: string) =>
			page.getByText(`Studio runs an older plugin, version ${inStudio}. This is version ${here}.`);
		await older("0.0.9", short(await offered())).waitFor();
		const otherBuild = `${short(await offered())}+0123abcd`;
		await connectWith(account, otherBuild);
		await older(otherBuild, await offered()).waitFor();

		await connectWith(account, await offered());
		await shown.waitFor();
	});

	test("stands on the approval page, with the current one to download if Studio runs an older one", async () => {
		const account = await pages.server.signUp("Rin");
		const old = await connectFromStudio(pages.server.url, {}, { version: OLD });
		const page = await openCode(pages, old.user_code, account);
		await page.getByTitle(OLD).getByText("0.0.9").waitFor();
		const link = page.getByRole("link", { name: `download ${short(await offered())}`, exact: true });
		expect(await link.getAttribute("href")).toBe("/plugin/Auxvyn.rbxmx");

		const current = await connectFromStudio(pages.server.url, {}, { version: await offered() });
		const other = await openCode(pages, current.user_code, account);
		await other.getByText(await offered()).waitFor();
		expect(await other.getByRole("link", { name: "download" }).count()).toBe(0);
	});
});

test.each([
	["0.1.0+aaaaaaaa", "0.1.0+aaaaaaaa", false],
	["0.1.0+aaaaaaaa", "0.1.0+bbbbbbbb", true],
	["0.9.0+aaaaaaaa", "0.10.0+aaaaaaaa", true],
	["1.0.0+aaaaaaaa", "0.10.0+aaaaaaaa", false],
	["0.1.1+aaaaaaaa", "0.1.0+bbbbbbbb", false],
	["0.1.0+aaaaaaaa", "", false],
])("of %s in Studio and %s on the server, the first is older: %s", (inStudio, onServer, older) => {
	expect(isOlderPlugin(inStudio, onServer)).toBe(older);
});
