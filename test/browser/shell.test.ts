import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";

import { usePages } from "./pages.ts";

const pages = usePages();

function background(page: Page): Promise<string> {
	return page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
}

describe("the frame of every page", () => {
	test("switches workspace by keyboard and keeps the tab", async () => {
		const account = await pages.server.signUp("Rin");
		await account.request("POST", "/api/workspaces", { name: "Moonlit Studios" });
		await account.createKey("Production");
		const page = await pages.open("/", account);
		const button = page.getByRole("button", { name: "Workspace Rin's workspace" });
		await button.focus();
		await page.keyboard.press("ArrowDown");
		await page.getByRole("menuitem", { name: "Rin's workspace" }).and(page.locator(":focus")).waitFor();
		await page.keyboard.press("ArrowUp");
		await page.getByRole("menuitem", { name: "New workspace" }).and(page.locator(":focus")).waitFor();
		await page.keyboard.press("m");
		await page.getByRole("menuitem", { name: "Moonlit Studios" }).and(page.locator(":focus")).waitFor();
		await page.keyboard.press("Escape");
		await button.and(page.locator(":focus")).waitFor();
		expect(await page.getByRole("menu").count()).toBe(0);

		await page.keyboard.press("Enter");
		await page.keyboard.press("m");
		await page.keyboard.press("Enter");
		await page.getByRole("heading", { name: "Connect your first game" }).waitFor();
		await page.getByRole("button", { name: "Workspace Moonlit Studios" }).waitFor();
		expect(await page.getByRole("link", { name: "API Keys" }).getAttribute("aria-current")).toBe("page");

		await page.goto(pages.server.url);
		await page.getByRole("button", { name: "Workspace Moonlit Studios" }).waitFor();
	});

	test("respects reduced motion", async () => {
		const account = await pages.server.signUp("Rin");
		await account.createKey("Production");
		const page = await pages.open("/", account, { reducedMotion: "reduce" });
		const longest = `Math.max(...[...document.querySelectorAll("*")].flatMap((element) => {
			const { transitionDuration, animationDuration } = getComputedStyle(element);
			return [transitionDuration, animationDuration].join().split(",").map(parseFloat);
		}))`;
		await page.getByRole("button", { name: "Delete" }).click();
		await page.getByRole("alertdialog").waitFor();
		expect(await page.evaluate<number>(longest)).toBeLessThan(0.01);
		await page.emulateMedia({ reducedMotion: "no-preference" });
		expect(await page.evaluate<number>(longest)).toBeGreaterThan(0.05);
	});

	test("applies a chosen theme from the first paint, and can return to the system theme", async () => {
		const account = await pages.server.signUp("Rin");
		const page = await pages.open("/", account, { colorScheme: "light" });
		const menu = page.getByRole("button", { name: "Account of Rin" });
		await menu.click();
		const light = await background(page);
		await page.getByRole("menuitemradio", { name: "Dark" }).click();
		const dark = await background(page);
		expect(dark).not.toBe(light);

		await page.route("**/assets/*.js", (route) => route.abort());
		await page.reload();
		expect(await background(page)).toBe(dark);
		await page.unroute("**/assets/*.js");
		await page.reload();
		await menu.click();
		expect(await page.getByRole("menuitemradio", { name: "Dark" }).getAttribute("aria-checked")).toBe("true");
		await page.getByRole("menuitemradio", { name: "System" }).click();
		expect(await background(page)).toBe(light);
		await page.emulateMedia({ colorScheme: "dark" });
		expect(await background(page)).toBe(dark);
	});

	test("shows the list of keys after a single request for data", async () => {
		const account = await pages.server.signUp("Rin");
		await account.createKey("Production");
		const page = await pages.open("/favicon.svg", account);
		const requested: string[] = [];
		page.on("request", (request) => {
			const { pathname } = new URL(request.url());
			if (pathname.startsWith("/api/") && !pathname.endsWith("/events")) requested.push(pathname);
		});
		// Any other request is held, and so would block the list.
		await page.route(/\/api\/workspaces/, () => undefined);
		await page.goto(`${pages.server.url}/workspaces/${account.workspaceId}/keys`);
		await page.getByRole("row", { name: /Production/ }).waitFor();
		expect(requested[0]).toBe("/api/start");
		await page.unrouteAll({ behavior: "ignoreErrors" });
	});

	test("counts down the wait after too many attempts", async () => {
		const page = await pages.open("/");
		const problem = { status: 429, code: "too_many_requests", title: "Too Many Requests", detail: "Wait." };
		await page.route("**/api/auth/sign-in/email", (route) =>
			route.fulfill({
				status: 429,
				headers: { "retry-after": "60" },
				contentType: "application/problem+json",
				body: JSON.stringify(problem),
			}),
		);
		await page.getByLabel("E-mail").fill("rin@example.com");
		await page.getByLabel("Password", { exact: true }).fill("a password");
		await page.getByRole("button", { name: "Sign in" }).click();
		await page.getByText(/Try again in \d\d seconds/).waitFor();
		await page.evaluate("{ const now = Date.now; Date.now = () => now() + 60_000; }");
		await page.getByText("You can try again now").waitFor();
	});
});
