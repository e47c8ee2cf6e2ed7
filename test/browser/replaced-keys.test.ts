import { expect, test } from "vitest";

import { axeFindings } from "./axe.ts";
import { closeServer, look, movedClock, openServer, rotatedKey } from "./game-servers.ts";
import { usePages } from "./pages.ts";

// At the present, so that the dots say what they say to people.
const pages = usePages({ clock: movedClock(0) });

const open = (secret: string, version: number, options = {}) => openServer(pages.server, secret, version, options);

test("the list says in a line how far a replacement is, live, also on a phone", async () => {
	const account = await pages.server.signUp("Rin");
	const { old, next, path } = await rotatedKey(account);
	const running = [await open(old.secret, 41), await open(old.secret, 41)] as const;
	await open(next.secret, 42);
	const page = await pages.open("/", account, { viewport: { width: 360, height: 740 } });
	const row = page.getByRole("row", { name: new RegExp(`…${old.key.hint}`) });
	await row.getByText("2 servers still on this key", { exact: true }).waitFor();
	await row.getByRole("img", { name: "used lately, although a newer key replaces it" }).waitFor();
	expect(
		await page
			.getByRole("row", { name: new RegExp(`…${next.key.hint}`) })
			.getByText("on this key")
			.count(),
	).toBe(0);
	await closeServer(pages.server, running[0]);
	await row.getByText("1 server still on this key", { exact: true }).waitFor();
	await account.request("POST", `/api${path}/retire`, { replacedBy: next.key.id });
	await row.getByText("retiring: 1 server left", { exact: true }).waitFor();
	await closeServer(pages.server, running[1]);
	await row.getByText("retiring: no live servers left", { exact: true }).waitFor();
	expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBe(360);
	expect(await axeFindings(page)).toEqual([]);
});

test("deleting a key says how many live servers it cuts off, and counts down", async () => {
	const account = await pages.server.signUp("Rin");
	const { key, secret } = await account.createKey("Production");
	const running = [await open(secret, 41), await open(secret, 41), await open(secret, 40)] as const;
	const page = await pages.open("/", account);
	await page.getByRole("button", { name: "Delete" }).click();
	const dialog = page.getByRole("alertdialog");
	await dialog.getByText("This cuts off 3 live game servers: 2 on version 41, 1 on version 40.").waitFor();
	expect(await axeFindings(page)).toEqual([]);
	await closeServer(pages.server, running[2]);
	await look(page);
	await dialog.getByText("This cuts off 2 live game servers on version 41.").waitFor();
	await open(secret, 3, { place: 1919 });
	await look(page);
	await dialog.getByText("3 live game servers: 2 on version 41 of place 1818, 1 on version 3 of place 1919.").waitFor();
	await dialog.getByRole("button", { name: "Cancel" }).click();
	await page.goto(`${pages.server.url}/workspaces/${account.workspaceId}/keys/${key.id}`);
	await page.getByRole("button", { name: "Delete" }).click();
	await dialog.getByText("This cuts off 3 live game servers").waitFor();
});

test("deleting a key that no game server uses says that none is live", async () => {
	const account = await pages.server.signUp("Rin");
	const { secret } = await account.createKey("Production");
	await closeServer(pages.server, await open(secret, 41));
	const page = await pages.open("/", account);
	await page.getByRole("button", { name: "Delete" }).click();
	const dialog = page.getByRole("alertdialog");
	await dialog.getByText("No game server is using it.").waitFor();
	await dialog.getByRole("link", { name: "rotate it" }).waitFor();
});
