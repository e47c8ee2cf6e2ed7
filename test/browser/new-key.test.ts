import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";

import { axeFindings } from "./axe.ts";
import { usePages } from "./pages.ts";
import { PASSWORD } from "./server.ts";

const pages = usePages();

async function generate(page: Page, label: string): Promise<void> {
	await page.getByLabel("Label").fill(label);
	await page.getByRole("button", { name: "Generate" }).click();
	await page.getByRole("dialog", { name: `Your new key: ${label}` }).waitFor();
}

/** Everything a page keeps that the next person at this computer could look at. */
async function kept(page: Page): Promise<string> {
	const inputs = await page.evaluate<string[]>("[...document.querySelectorAll('input')].map((input) => input.value)");
	const stored = await page.evaluate<string>(
		"JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state])",
	);
	return [await page.content(), ...inputs, stored, page.url()].join("\n");
}

describe("a new key", () => {
	test("is generated, copied, closed, works, and is shown to nobody again", async () => {
		const page = await pages.open("/", await pages.server.signUp("Rin"));
		await generate(page, "Production");
		const shown = (await page.getByRole("dialog").locator("code").textContent()) ?? "";
		await page.getByRole("button", { name: "Copy" }).click();
		await page.getByRole("button", { name: "Copied" }).waitFor();
		await page.getByRole("dialog").getByText("Secrets Store").waitFor();
		await page.getByRole("button", { name: "Close" }).click();
		await page.getByRole("dialog").waitFor({ state: "detached" });
		expect(await page.evaluate("navigator.clipboard.readText()")).toBe(shown);
		expect(await pages.server.useKey(shown)).toBe(200);

		await page.getByRole("row", { name: /Production/ }).waitFor();
		expect(await kept(page)).not.toContain(shown);
		await page.reload();
		await page.getByRole("row", { name: /Production/ }).waitFor();
		expect(await kept(page)).not.toContain(shown);
		await page.goto("about:blank");
		await page.goBack();
		await page.getByRole("row", { name: /Production/ }).waitFor();
		expect(await kept(page)).not.toContain(shown);
	});

	test("is nowhere in the page's memory once its dialog is closed", async () => {
		const page = await pages.open("/", await pages.server.signUp("Rin"));
		await generate(page, "Production");
		const secret = (await page.getByRole("dialog").locator("code").textContent()) ?? "";
		expect(await heapOf(page)).toContain(secret);
		await page.getByRole("button", { name: "Copy" }).click();
		await page.getByRole("button", { name: "Close" }).click();
		await page.getByRole("row", { name: /Production/ }).waitFor();
		expect(await heapOf(page)).not.toContain(secret);
	});

	test("is not lost by accident: closing before it was copied asks", async () => {
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

	test("is not lost by going back in the browser either", async () => {
		const account = await pages.server.signUp("Rin");
		const page = await pages.open("/pair", account);
		await page.getByRole("link", { name: "Auxvyn" }).click();
		await generate(page, "Production");
		await page.evaluate("history.back()");
		await page.getByText("Close without copying?").waitFor();
		expect(new URL(page.url()).pathname).toBe(`/workspaces/${account.workspaceId}/keys`);
	});

	test("is waited for: leaving while it is on its way leads to it, and goes on where there is none", async () => {
		const account = await pages.server.signUp("Rin");
		const page = await pages.open("/", account);
		const wouldAsk = () => page.evaluate("!dispatchEvent(new Event('beforeunload', { cancelable: true }))");
		let answer: () => Promise<void> = () => Promise.resolve();
		await page.route(/\/keys$/, (route) => {
			answer = () => (route.request().postData()?.includes("Staging") ? route.abort() : route.continue());
		});
		await page.getByLabel("Label").fill("Production");
		await page.getByRole("button", { name: "Generate" }).click();
		await page.getByRole("link", { name: "People" }).click();
		await page.getByText("about to be shown here, and nowhere else").waitFor();
		expect(await wouldAsk()).toBe(true);
		await answer();
		await page.getByRole("dialog", { name: "Your new key: Production" }).waitFor();
		expect(new URL(page.url()).pathname).toBe(`/workspaces/${account.workspaceId}/keys`);
		expect(await wouldAsk()).toBe(true);
		await page.getByRole("button", { name: "Copy" }).click();
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

	test("counts as copied when it was selected and copied by hand", async () => {
		const page = await pages.open("/", await pages.server.signUp("Rin"));
		await generate(page, "Production");
		await page.getByRole("dialog").locator("code").click({ clickCount: 3 });
		await page.keyboard.press("ControlOrMeta+c");
		await page.getByRole("button", { name: "Copied" }).waitFor();
		await page.keyboard.press("Escape");
		await page.getByRole("dialog").waitFor({ state: "detached" });
	});

	test("gets no label that is empty, too long, or a key itself", async () => {
		const page = await pages.open("/", await pages.server.signUp("Rin"));
		await page.getByRole("button", { name: "Generate" }).click();
		await page.getByText("Give the key a label").waitFor();
		await page.getByLabel("Label").fill("x".repeat(65));
		await page.getByRole("button", { name: "Generate" }).click();
		await page.getByText("Use at most 64 characters").waitFor();
		await page.getByLabel("Label").fill(`auxvyn_${"a".repeat(60)}`);
		await page.getByRole("button", { name: "Generate" }).click();
		await page.getByText("That contains a key").waitFor();
		expect(await page.getByRole("dialog").count()).toBe(0);
	});

	test("still has the label that was typed when the session was over and one signs in again", async () => {
		const account = await pages.server.signUp("Rin");
		const page = await pages.open("/", account);
		await page.getByLabel("Label").fill("Production");
		await page.route(/\/keys$/, (route) => route.fulfill({ status: 401, body: "" }), { times: 1 });
		await page.getByRole("button", { name: "Generate" }).click();
		await page.getByRole("heading", { name: "Your session is over" }).waitFor();
		expect(await kept(page)).not.toContain("Production");
		await page.getByLabel("E-mail").fill(account.email);
		await page.getByLabel("Password").fill(PASSWORD);
		await page.getByRole("button", { name: "Sign in" }).click();
		await page.getByRole("button", { name: "Generate" }).click();
		await page.getByRole("dialog", { name: "Your new key: Production" }).waitFor();
	});

	test("says beside its form that the server failed, and tries again", async () => {
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

	test("is not half made when the server cannot be reached: the page says so and tries again", async () => {
		const page = await pages.open("/", await pages.server.signUp("Rin"));
		await page.getByLabel("Label").fill("Production");
		await page.context().setOffline(true);
		await page.getByRole("button", { name: "Generate" }).click();
		const failure = page.getByRole("alert").filter({ hasText: "The server did not answer" }).first();
		await failure.waitFor();
		await page.context().setOffline(false);
		await failure.getByRole("button", { name: "Try again" }).click();
		await page.getByRole("dialog", { name: "Your new key: Production" }).waitFor();
	});
});

/** Every string on the page's JavaScript heap, after a collection. */
async function heapOf(page: Page): Promise<string> {
	const session = await page.context().newCDPSession(page);
	const chunks: string[] = [];
	session.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => chunks.push(chunk));
	await session.send("HeapProfiler.collectGarbage");
	await session.send("HeapProfiler.takeHeapSnapshot");
	return chunks.join("");
}
