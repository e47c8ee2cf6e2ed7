import type { Page } from "playwright-core";
import { describe, expect, onTestFinished, test } from "vitest";

import { type ServerProcess, startServer } from "../server/server-process.ts";
import { tempDir } from "../server/temp-dir.ts";
import { axeFindings } from "./axe.ts";
import { usePages } from "./pages.ts";
import { PASSWORD } from "./server.ts";

const LINK = /http:\S+\/setup#token=\S{43}$/m;
const pages = usePages();

/** A server that no one has set up, and its set-up link. */
async function newServer(): Promise<{ server: ServerProcess; link: string }> {
	const server = await startServer({ DATA_DIR: await tempDir(), SIGN_UP: "", RATE_LIMIT_SCALE: "0" });
	onTestFinished(async () => {
		await server.stop();
	});
	await expect.poll(server.output).toMatch(LINK);
	return { server, link: LINK.exec(server.output())?.[0] ?? "" };
}

async function fillIn(page: Page, email: string): Promise<void> {
	await page.getByLabel("Name").fill("Rin Moonlit");
	await page.getByLabel("E-mail").fill(email);
	await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
	await page.getByRole("button", { name: "Create account" }).click();
}

describe("a server without an account", () => {
	test("says where its set-up link is instead of asking to sign in", async () => {
		const { server } = await newServer();
		const page = await pages.open("/favicon.svg");
		for (const path of ["/", "/pair?code=BCDF-GHJK", "/workspaces/any/keys"]) {
			await page.goto(server.url + path);
			await page.getByRole("heading", { name: "This server is not set up yet" }).waitFor();
			await page.getByText("npm run create-account --").waitFor();
			expect(await page.getByRole("button", { name: /Sign/ }).count()).toBe(0);
		}
		expect(await axeFindings(page)).toEqual([]);
		await page.goto(`${server.url}/setup`);
		await page.getByRole("heading", { name: "Open the set-up link" }).waitFor();
		expect(await axeFindings(page)).toEqual([]);
	});

	test("is set up by the link's form, which signs in, and asks others to sign in from then on", async () => {
		const { server, link } = await newServer();
		const waiting = await pages.open("/favicon.svg");
		await waiting.goto(server.url);
		const page = await pages.open("/favicon.svg");
		const sent: string[] = [];
		page.on("request", (request) => sent.push(request.url(), JSON.stringify(request.headers())));
		await page.goto(link);
		await page.getByRole("heading", { name: "Set up this server" }).waitFor();
		expect(page.url()).toBe(`${server.url}/setup`);
		expect(await axeFindings(page)).toEqual([]);
		await page.getByRole("button", { name: "Create account" }).click();
		await page.getByLabel("Name").and(page.locator("[aria-invalid=true]:focus")).waitFor();
		await fillIn(page, "rin@example.com");
		await page.getByRole("heading", { name: "Connect your first game" }).waitFor();
		expect(sent.join()).toContain("/api/auth/sign-up/email");
		expect(sent.filter((text) => text.includes(link.split("=")[1] ?? ""))).toEqual([]);

		await waiting.getByRole("button", { name: "Check again" }).click();
		await waiting.getByRole("button", { name: "Sign in" }).waitFor();
		await waiting.goto(link);
		await waiting.getByRole("heading", { name: "This server is already set up" }).waitFor();
	});

	test("says at once that a link is incomplete or wrong, and takes the whole one in the same tab", async () => {
		const { link } = await newServer();
		const page = await pages.open("/favicon.svg");
		for (const [opened, heading] of [
			[link.slice(0, -20), "This link is incomplete"],
			[link.slice(0, -1), "This link no longer works"],
		] as const) {
			await page.goto(opened);
			await page.getByRole("heading", { name: heading }).and(page.locator(":focus")).waitFor();
			await page.getByText("npm run create-account --").waitFor();
			expect(await page.getByLabel("Name").count()).toBe(0);
		}
		expect(await axeFindings(page)).toEqual([]);
		await page.goto(link);
		await page.getByLabel("Name").waitFor();
	});

	test("says that a link was used by someone else in the meantime", async () => {
		const { server, link } = await newServer();
		const [slow, quick] = [await pages.open("/favicon.svg"), await pages.open("/favicon.svg")];
		for (const page of [slow, quick]) await page.goto(link);
		await fillIn(quick, "jo@example.com");
		await quick.getByRole("heading", { name: "Connect your first game" }).waitFor();
		await fillIn(slow, "rin@example.com");
		await slow.getByRole("heading", { name: "This link no longer works" }).and(slow.locator(":focus")).waitFor();
		await slow.getByRole("button", { name: "Check again" }).click();
		await slow.getByRole("heading", { name: "This server is already set up" }).waitFor();
		await slow.getByRole("link", { name: "Open the dashboard" }).click();
		await slow.getByRole("button", { name: "Sign in" }).waitFor();
		expect(slow.url()).toBe(`${server.url}/`);
	});
});

describe("a page at another address than the server's own", () => {
	test("says so before anything is filled in, with a link, and so does the refusal", async () => {
		const server = await startServer({ DATA_DIR: await tempDir(), PUBLIC_URL: "https://keys.example.com" });
		onTestFinished(async () => {
			await server.stop();
		});
		const page = await pages.open("/favicon.svg");
		await page.goto(`http://localhost:${server.port}/pair?code=BCDF-GHJK`);
		const notice = page.getByRole("alert").filter({ hasText: "This is not the server’s own address" });
		const link = notice.getByRole("link", { name: "https://keys.example.com" });
		expect(await link.getAttribute("href")).toBe("https://keys.example.com/pair?code=BCDF-GHJK");
		await page.getByLabel("E-mail").fill("rin@example.com");
		expect(await axeFindings(page)).toEqual([]);
		await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
		await page.getByRole("button", { name: "Sign in" }).click();
		await page.getByText("Open the dashboard at https://keys.example.com and try again there").waitFor();
		expect(await notice.count()).toBe(2);
	});
});
