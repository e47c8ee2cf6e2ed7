import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";

import type { KeyList } from "../../shared/wire.ts";
import { axeFindings } from "./axe.ts";
import { usePages } from "./pages.ts";
import { openPublicPage, PUBLIC_ADDRESS } from "./public-page.ts";
import { type Account, PASSWORD } from "./server.ts";
import { joinTeam } from "./team.ts";

const pages = usePages();

async function generate(page: Page, label: string): Promise<void> {
	await page.getByLabel("Label").fill(label);
	await page.getByRole("button", { name: "Generate" }).click();
	await page.getByRole("dialog", { name: `Your new key: ${label}` }).waitFor();
}

/** Everything the next user of this computer could find in the page. */
async function leftovers(page: Page): Promise<string> {
	const inputs = await page.evaluate<string[]>("[...document.querySelectorAll('input')].map((input) => input.value)");
	const stored = await page.evaluate<string>(
		"JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state])",
	);
	return [await page.content(), ...inputs, stored, page.url()].join("\n");
}

/** Loses the response to the next request that creates a key, after the server has acted. */
async function loseNextResponse(page: Page): Promise<void> {
	await page.route(
		/\/keys$/,
		async (route) => {
			await route.fetch();
			await route.abort();
		},
		{ times: 1 },
	);
}

describe("a new key whose secret got lost on the way", () => {
	test("can be deleted at once, and another generated", async () => {
		const account = await pages.server.signUp("Rin");
		const page = await pages.open("/", account);
		await loseNextResponse(page);
		await page.getByLabel("Label").fill("Production");
		await page.getByRole("button", { name: "Generate" }).click();
		const alert = page.getByRole("alert").filter({ hasText: "The key was created, but its secret did not arrive" });
		await alert.getByText("then generate another.").waitFor();
		await page.getByRole("row", { name: /Production/ }).waitFor();
		expect(await axeFindings(page)).toEqual([]);
		await alert.getByRole("button", { name: "Delete it" }).click();
		await page.getByRole("button", { name: "Generate" }).and(page.locator(":focus")).waitFor();
		await page.getByRole("row", { name: /Production/ }).waitFor({ state: "detached" });
		await generate(page, "Production");
		expect(await statesOf(account)).toEqual(["active", "revoked"]);
	});

	test("is not created twice, even if the list does not have it yet", async () => {
		const account = await pages.server.signUp("Rin");
		const page = await pages.open("/", account);
		await loseNextResponse(page);
		await page.route(/keys\?limit=10$/, (route) => route.fulfill({ json: { keys: [], nextCursor: null } }));
		await page.getByLabel("Label").fill("Production");
		await page.getByRole("button", { name: "Generate" }).click();
		await page.getByRole("button", { name: "Try again" }).click();
		await page.getByText("The key was created, but its secret did not arrive").waitFor();
		expect(await statesOf(account)).toEqual(["active"]);
		await page.getByRole("button", { name: "Keep it" }).click();
		await generate(page, "Production");
	});
});

async function statesOf(account: Account): Promise<string[]> {
	const response = await fetch(`${pages.server.url}/api/workspaces/${account.workspaceId}/keys`, {
		headers: { cookie: `${account.cookie.name}=${account.cookie.value}` },
	});
	return ((await response.json()) as KeyList).keys.map(({ state }) => state);
}

describe("a new key", () => {
	test("is generated and copied, works, and is never shown again", async () => {
		const page = await pages.open("/", await pages.server.signUp("Rin"));
		await generate(page, "Production");
		const shown = (await page.getByRole("dialog").locator("code").textContent()) ?? "";
		await page.getByRole("button", { name: "Copy", exact: true }).click();
		await page.getByRole("button", { name: "Copied" }).waitFor();
		await page.getByRole("button", { name: "Close" }).click();
		await page.getByRole("dialog").waitFor({ state: "detached" });
		expect(await page.evaluate("navigator.clipboard.readText()")).toBe(shown);
		expect(await pages.server.useKey(shown)).toBe(200);

		await page.getByRole("row", { name: /Production/ }).waitFor();
		expect(await leftovers(page)).not.toContain(shown);
		await page.reload();
		await page.getByRole("row", { name: /Production/ }).waitFor();
		expect(await leftovers(page)).not.toContain(shown);
		await page.goto("about:blank");
		await page.goBack();
		await page.getByRole("row", { name: /Production/ }).waitFor();
		expect(await leftovers(page)).not.toContain(shown);
	});

	test("comes with all that a playtest needs, and with the standalone module", async () => {
		const page = await pages.open("/", await pages.server.signUp("Rin"));
		await generate(page, "Production");
		const dialog = page.getByRole("dialog");
		const { hostname, origin } = new URL(pages.server.url);
		const secret = dialog.getByRole("definition");
		expect(await secret.allInnerTexts()).toEqual(["auxvyn", hostname]);
		await dialog.getByText("Local Secrets").waitFor();
		await dialog.getByText("Published games cannot reach this server").waitFor();
		expect(await dialog.getByText("Creator Dashboard").count()).toBe(0);
		const example = await dialog.getByRole("region", { name: "Example" }).innerText();
		expect(example).toContain(`Url = "${origin}/v1/whoami"`);
		expect(example).toContain("print(response.StatusCode)");
		await dialog.getByRole("button", { name: "Copy the example" }).click();
		await dialog.getByRole("button", { name: "Copied" }).waitFor();
		expect(await page.evaluate("navigator.clipboard.readText()")).toBe(example);
		await dialog.getByText(`startWithSecret("auxvyn", "${origin}")`).waitFor();
		const link = dialog.getByRole("link", { name: "Client.rbxmx" });
		const model = await fetch(new URL((await link.getAttribute("href")) ?? "", origin));
		expect(await model.text()).toContain("startWithSecret");
		expect(await axeFindings(page)).toEqual([]);
	});

	test("comes with all that the Secrets Store needs where games reach the server, and less when it replaces one", async () => {
		const account = await pages.server.signUp("Rin");
		const { key } = await account.createKey("Production");
		const page = await openPublicPage(pages, "/", account);
		await generate(page, "Staging");
		const dialog = page.getByRole("dialog");
		await dialog.getByText("Secrets › Create Secret").waitFor();
		expect(await dialog.getByRole("definition").allInnerTexts()).toEqual(["auxvyn", "keys.example.com"]);
		await dialog.getByText("For playtests, add it to File › Experience Settings").waitFor();
		expect(await dialog.getByText("cannot reach this server").count()).toBe(0);

		await page.goto(`${PUBLIC_ADDRESS}/workspaces/${account.workspaceId}/keys/${key.id}#rotate`);
		await page.getByRole("button", { name: "Generate" }).click();
		await dialog.getByText("edit the secret auxvyn instead of creating another").waitFor();
		expect(await dialog.getByText("Create Secret").count()).toBe(0);
	});

	test("is gone from the page's memory once its dialog is closed", async () => {
		const page = await pages.open("/", await pages.server.signUp("Rin"));
		await generate(page, "Production");
		const secret = (await page.getByRole("dialog").locator("code").textContent()) ?? "";
		expect(await heapOf(page)).toContain(secret);
		await page.getByRole("button", { name: "Copy", exact: true }).click();
		await page.getByRole("button", { name: "Close" }).click();
		await page.getByRole("row", { name: /Production/ }).waitFor();
		expect(await heapOf(page)).not.toContain(secret);
	});

	test("is not lost by accident: closing before copying asks first", async () => {
		const page = await pages.open("/", await pages.server.signUp("Rin"));
		await generate(page, "Production");
		await page.keyboard.press("Escape");
		await page.getByText("Close without copying?").waitFor();
		expect(await axeFindings(page)).toEqual([]);
		await page.getByRole("button", { name: "Keep open" }).click();
		await page.getByRole("button", { name: "Close" }).click();
		await page.getByText("Close without copying?").waitFor();
		await page.getByRole("button", { name: "Close anyway" }).click();
		await page.getByRole("dialog").waitFor({ state: "detached" });
		await page.getByRole("button", { name: "Generate" }).and(page.locator(":focus")).waitFor();
	});

	test("asks again for the next key, and is not copied where the clipboard is refused", async () => {
		const page = await pages.open("/", await pages.server.signUp("Rin"));
		await generate(page, "Production");
		await page.getByRole("button", { name: "Copy", exact: true }).click();
		await page.getByRole("button", { name: "Copied" }).waitFor();
		await page.getByRole("button", { name: "Close" }).click();
		await page.getByRole("dialog").waitFor({ state: "detached" });

		await generate(page, "Staging");
		await page.evaluate("document.execCommand = () => false");
		await page.evaluate("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))");
		await page.getByRole("button", { name: "Copy", exact: true }).click();
		await page.getByText("This browser does not allow copying here").waitFor();
		expect(await page.getByText(/^Copied/).count()).toBe(0);
		const secret = (await page.getByRole("dialog").locator("code").textContent()) ?? "";
		expect(await page.evaluate("getSelection().toString()")).toBe(secret);
		await page.keyboard.press("Escape");
		await page.getByText("Close without copying?").waitFor();
	});

	test("is gone when the page is left with the key on it", async () => {
		const page = await pages.open("/", await pages.server.signUp("Rin"));
		await generate(page, "Production");
		const secret = (await page.getByRole("dialog").locator("code").textContent()) ?? "";
		await page.evaluate("dispatchEvent(new Event('pagehide'))");
		await page.getByRole("dialog").waitFor({ state: "detached" });
		expect(await leftovers(page)).not.toContain(secret);
	});

	test("is not lost by going back in the browser", async () => {
		const account = await pages.server.signUp("Rin");
		const page = await pages.open("/pair", account);
		await page.getByRole("link", { name: "Auxvyn" }).click();
		await generate(page, "Production");
		await page.evaluate("history.back()");
		await page.getByText("Close without copying?").waitFor();
		expect(new URL(page.url()).pathname).toBe(`/workspaces/${account.workspaceId}/keys`);
	});

	test("blocks leaving while it is pending, and continues if it fails", async () => {
		const account = await pages.server.signUp("Rin");
		const page = await pages.open("/", account);
		const wouldAsk = () => page.evaluate("!dispatchEvent(new Event('beforeunload', { cancelable: true }))");
		let held = Promise.withResolvers<() => Promise<void>>();
		await page.route(/\/keys$/, (route) => {
			const request = route.request();
			if (request.method() !== "POST") return route.continue();
			held.resolve(() => (request.postData()?.includes("Staging") ? route.abort() : route.continue()));
		});
		const answer = async () => {
			await (
				await held.promise
			)();
			held = Promise.withResolvers();
		};
		await page.getByLabel("Label").fill("Production");
		await page.getByRole("button", { name: "Generate" }).click();
		await page.getByRole("link", { name: "People" }).click();
		await page.getByText("about to be shown here, and nowhere else").waitFor();
		expect(await wouldAsk()).toBe(true);
		await answer();
		await page.getByRole("dialog", { name: "Your new key: Production" }).waitFor();
		expect(new URL(page.url()).pathname).toBe(`/workspaces/${account.workspaceId}/keys`);
		expect(await wouldAsk()).toBe(true);
		await page.getByRole("button", { name: "Copy", exact: true }).click();
		await page.getByRole("button", { name: "Copied" }).waitFor();
		expect(await wouldAsk()).toBe(false);
		await page.getByRole("button", { name: "Close" }).click();

		await page.getByLabel("Label", { exact: true }).fill("Staging");
		await page.getByRole("button", { name: "Generate" }).click();
		await page.getByRole("link", { name: "People" }).click();
		await page.getByText("about to be shown here, and nowhere else").waitFor();
		await answer();
		await page.getByRole("heading", { name: "People" }).waitFor();
	});

	test("counts as copied when selected and copied by hand", async () => {
		const page = await pages.open("/", await pages.server.signUp("Rin"));
		await generate(page, "Production");
		await page.getByRole("dialog").locator("code").click({ clickCount: 3 });
		await page.keyboard.press("ControlOrMeta+c");
		await page.getByRole("button", { name: "Copied" }).waitFor();
		await page.keyboard.press("Escape");
		await page.getByRole("dialog").waitFor({ state: "detached" });
	});

	test("rejects a label that is empty, too long, a key, or could disguise itself, without a request", async () => {
		const page = await pages.open("/", await pages.server.signUp("Rin"));
		let requests = 0;
		page.on("request", (request) => (requests += request.method() === "POST" ? 1 : 0));
		await page.getByRole("button", { name: "Generate" }).click();
		await page.getByText("Give the key a label").waitFor();
		await page.getByLabel("Label").fill("x".repeat(65));
		await page.getByRole("button", { name: "Generate" }).click();
		await page.getByText("Use at most 64 characters").waitFor();
		await page.getByLabel("Label").fill(`auxvyn_${"a".repeat(60)}`);
		await page.getByRole("button", { name: "Generate" }).click();
		await page.getByText("This contains a key").waitFor();
		await page.getByLabel("Label").fill("Pro\u202educt\u2066ion");
		await page.getByRole("button", { name: "Generate" }).click();
		await page.getByText("change the text’s direction").waitFor();
		await page.getByLabel("Label").fill("Pro\u200bduction");
		await page.getByRole("button", { name: "Generate" }).click();
		await page.getByText("Remove the invisible characters").waitFor();
		expect(await page.getByRole("dialog").count()).toBe(0);
		expect(requests).toBe(0);
	});

	test("keeps its typed label when the session ends and the user signs in again", async () => {
		const account = await pages.server.signUp("Rin");
		const page = await pages.open("/", account);
		await page.getByLabel("Label").fill("Production");
		await page.route(/\/keys$/, (route) => route.fulfill({ status: 401, body: "" }), { times: 1 });
		await page.getByRole("button", { name: "Generate" }).click();
		await page.getByRole("heading", { name: "Your session has ended" }).waitFor();
		expect(await leftovers(page)).not.toContain("Production");
		await page.getByLabel("E-mail").fill(account.email);
		await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
		await page.getByRole("button", { name: "Sign in" }).click();
		await page.getByRole("button", { name: "Generate" }).click();
		await page.getByRole("dialog", { name: "Your new key: Production" }).waitFor();
	});

	test("keeps nothing typed for another user of the same page", async () => {
		const [rin, jo] = [await pages.server.signUp("Rin"), await pages.server.signUp("Jo")];
		await joinTeam(rin, jo, "admin");
		const page = await pages.open(`/workspaces/${rin.workspaceId}/keys`, rin);
		await page.getByLabel("Label").fill("Secret project");
		await page.route(/\/keys$/, (route) => route.fulfill({ status: 401, body: "" }), { times: 1 });
		await page.getByRole("button", { name: "Generate" }).click();
		await page.getByLabel("E-mail").fill(jo.email);
		await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
		await page.getByRole("button", { name: "Sign in" }).click();
		await page.getByRole("button", { name: "Generate" }).waitFor();
		expect(new URL(page.url()).pathname).toBe(`/workspaces/${rin.workspaceId}/keys`);
		expect(await page.getByLabel("Label").inputValue()).toBe("");
	});

	test("reports a server error at its form, and can be retried", async () => {
		const page = await pages.open("/", await pages.server.signUp("Rin"));
		await page.route(/\/keys$/, (route) => route.fulfill({ status: 503, body: "" }), { times: 1 });
		await page.getByLabel("Label").fill("Production");
		await page.getByRole("button", { name: "Generate" }).click();
		const failure = page
			.locator("section")
			.filter({ has: page.getByLabel("Label") })
			.getByRole("alert");
		await failure.getByRole("button", { name: "Try again" }).click();
		await page.getByRole("dialog", { name: "Your new key: Production" }).waitFor();
	});

	test("reports that the browser is offline, and can be retried", async () => {
		const page = await pages.open("/", await pages.server.signUp("Rin"));
		await page.getByLabel("Label").fill("Production");
		await page.context().setOffline(true);
		await page.getByRole("button", { name: "Generate" }).click();
		const failure = page.getByRole("alert").filter({ hasText: "You are offline" }).first();
		await failure.waitFor();
		await page.context().setOffline(false);
		await failure.getByRole("button", { name: "Try again" }).click();
		await page.getByRole("dialog", { name: "Your new key: Production" }).waitFor();
	});
});

/** A heap snapshot of the page, after garbage collection. */
async function heapOf(page: Page): Promise<string> {
	const session = await page.context().newCDPSession(page);
	const chunks: string[] = [];
	session.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => chunks.push(chunk));
	await session.send("HeapProfiler.collectGarbage");
	await session.send("HeapProfiler.takeHeapSnapshot");
	return chunks.join("");
}
