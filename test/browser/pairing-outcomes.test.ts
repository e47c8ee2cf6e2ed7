import { describe, expect, test } from "vitest";

import type { Clock } from "../../server/clock.ts";
import { axeFindings } from "./axe.ts";
import { openCode } from "./open-code.ts";
import { usePages } from "./pages.ts";
import { connectFromStudio } from "./studio.ts";

const TTL_SECONDS = 600;
let ahead = 0;
const clock: Clock = { now: () => Date.now() + ahead * 1000, monotonic: () => performance.now() + ahead * 1000 };
const pages = usePages({ clock, env: { PAIRING_TTL_SECONDS: String(TTL_SECONDS) } });

describe("entering a user code", () => {
	test("a linked code is looked up only once the user confirms it", async () => {
		const [victim, owner] = [await pages.server.signUp("Rin"), await pages.server.signUp("Jo")];
		const { user_code } = await connectFromStudio(pages.server.url);
		const page = await pages.open(`/pair?code=${user_code}`, victim);
		await page.getByText("This link contains a connection code").waitFor();
		expect(await page.getByText(user_code).count()).toBe(0);
		expect((await owner.request("GET", `/api/pairings/${user_code}`)).status).toBe(200);
		await page.getByRole("button", { name: "Continue" }).click();
		await page.getByRole("heading", { name: "Someone else has opened this code" }).waitFor();
	});

	test("an invalid code is reported as typed, with the reason", async () => {
		const page = await pages.open("/pair", await pages.server.signUp("Rin"));
		for (const [typed, text] of [
			["", "Enter the code that Studio shows"],
			["WDJB", "A code has 8 letters; this one has 4"],
			["WDJB-MJHA", "“A” is not used in codes"],
		] as const) {
			await page.getByLabel("Code").fill(typed);
			await page.getByRole("button", { name: "Continue" }).click();
			await page.getByText(text).waitFor();
		}
	});

	test("an unknown code is reported, and after ten attempts the user has to wait", async () => {
		const page = await openCode(pages, "BCDF-GHJK", await pages.server.signUp("Rin"));
		await page.getByRole("heading", { name: "Code not found" }).waitFor();
		for (const load of [() => page.reload(), () => page.goto(`${pages.server.url}/pair`)]) {
			await load();
			expect(await page.getByLabel("Code").inputValue()).toBe("");
			await page.getByLabel("Code").fill("BCDF-GHJK");
			await page.getByRole("button", { name: "Continue" }).click();
			await page.getByRole("heading", { name: "Code not found" }).waitFor();
		}
		for (const letter of "LMNPQRS") {
			await page.getByRole("button", { name: "Enter another code" }).click();
			await page.getByLabel("Code").fill(`BCDF-GHJ${letter}`);
			await page.getByRole("button", { name: "Continue" }).click();
			await page.getByRole("heading", { name: "Code not found" }).waitFor();
		}
		await page.getByRole("button", { name: "Enter another code" }).click();
		await page.getByLabel("Code").fill("BCDF-GHJW");
		await page.getByRole("button", { name: "Continue" }).click();
		await page.getByRole("heading", { name: "Too many attempts" }).waitFor();
		await page.getByText(/Try again in \d+ minutes/).waitFor();
		expect(await axeFindings(page)).toEqual([]);
	});

	test("a code opened by someone else is reported, until they release it", async () => {
		const [first, second] = [await pages.server.signUp("Rin"), await pages.server.signUp("Jo")];
		const { user_code } = await connectFromStudio(pages.server.url);
		const firstPage = await openCode(pages, user_code, first);
		await firstPage.getByRole("button", { name: "Approve" }).waitFor();
		const secondPage = await openCode(pages, user_code, second);
		await secondPage.getByRole("heading", { name: "Someone else has opened this code" }).waitFor();
		expect(await axeFindings(secondPage)).toEqual([]);

		await firstPage.getByRole("button", { name: "Enter another code" }).click();
		await firstPage.getByLabel("Code").waitFor();
		await secondPage.reload();
		await secondPage.getByRole("button", { name: "Approve" }).waitFor();
	});

	test("a code answered in another window is reported", async () => {
		const account = await pages.server.signUp("Rin");
		const { user_code } = await connectFromStudio(pages.server.url);
		const page = await openCode(pages, user_code, account);
		await page.getByRole("button", { name: "Approve" }).waitFor();
		await account.request("POST", `/api/pairings/${user_code}/deny`, {});
		await page.getByRole("button", { name: "Approve" }).click();
		await page.getByRole("heading", { name: "This code was already answered" }).waitFor();
		await page.getByRole("button", { name: "Try again" }).click();
		await page.getByRole("heading", { name: "Denied" }).waitFor();
	});

	test("an expired code is reported, even if it was already open", async () => {
		const account = await pages.server.signUp("Rin");
		const { user_code } = await connectFromStudio(pages.server.url);
		const page = await openCode(pages, user_code, account);
		await page.getByRole("button", { name: "Approve" }).waitFor();
		ahead += TTL_SECONDS + 1;
		await page.getByRole("button", { name: "Approve" }).click();
		await page.getByRole("heading", { name: "This code has expired" }).waitFor();
		expect(await page.getByRole("button", { name: "Approve" }).count()).toBe(0);
		expect(await axeFindings(page)).toEqual([]);
		await page.goto(`${pages.server.url}/pair`);
		expect(await page.getByLabel("Code").inputValue()).toBe("");
	});
});
