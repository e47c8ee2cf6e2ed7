import { readFileSync } from "node:fs";

import { beforeEach, describe, expect, test } from "vitest";

import { listen, openBench, unusedAddress } from "./helper.ts";
import { findNode } from "./place-node.ts";

const { studio, file, openWidget, load } = await openBench();
const server = await listen((_, response) => response.end('{"greeting":"Hello from the server"}'));

beforeEach(() => openWidget(server));

describe("the widget", () => {
	test("shows its texts, buttons and boxes from top to bottom", async () => {
		expect(await studio.widget()).toEqual({
			open: true,
			title: "Fixture",
			state: "home",
			busy: false,
			texts: ["Nothing yet"],
			buttons: ["Hello", "Write", "Rotate"].map((name) => ({
				name,
				text: name === "Hello" ? "Say hello" : name,
				enabled: true,
			})),
			boxes: [{ name: "Address", text: server, editable: true }],
		});
	});

	test("buttons can be clicked by name or text", async () => {
		await studio.click("Say hello");
		expect((await studio.settle()).texts).toEqual(["Hello from the server"]);
		await studio.click("Write");
		expect((await studio.waitFor("Written")).texts).toEqual(["Written"]);
		expect(findNode(await studio.place(), "ServerScriptService.Written")?.source).toBe("print('first')");
	});

	test("boxes can be typed into", async () => {
		await studio.type("Address", await unusedAddress());
		await studio.click("Hello");
		expect((await studio.settle()).texts).toEqual(["Failed: HttpError: ConnectFail"]);
	});

	test("errors list the buttons and texts that exist", async () => {
		await expect(studio.click("Nonsense")).rejects.toThrow("Buttons: Hello, Write, Rotate; in the toolbar: fixture");
		await expect(studio.waitFor("Nonsense", 0.1)).rejects.toThrow('does not show "Nonsense", but: Nothing yet');
	});

	test("is closed and opened from the toolbar, and shows nothing while closed", async () => {
		await studio.click("fixture");
		expect(await studio.widget()).toMatchObject({ open: false, texts: [], buttons: [], boxes: [] });
		await expect(studio.click("Hello")).rejects.toThrow("the widget is closed");
		expect(await studio.toolbar()).toMatchObject([{ toolbar: "Fixture", name: "fixture", enabled: true }]);
		expect((await studio.widget()).open).toBe(true);
	});

	test("does not accept input in disabled, hidden or read-only controls", async () => {
		await load(`
			local info = DockWidgetPluginGuiInfo.new(Enum.InitialDockState.Right, true)
			local widget = plugin:CreateDockWidgetPluginGuiAsync("w", info)
			for name, properties in { Off = { Active = false }, Hidden = { Visible = false } } do
				local button = Instance.new("TextButton")
				button.Name = name
				for key, value in properties do button[key] = value end
				button.Parent = widget
			end
			local box = Instance.new("TextBox")
			box.Name, box.TextEditable = "Code", false
			box.Parent = widget
		`);
		await expect(studio.click("Off")).rejects.toThrow("is disabled");
		await expect(studio.click("Hidden")).rejects.toThrow("no button Hidden");
		await expect(studio.type("Code", "x")).rejects.toThrow("is read-only");
	});
});

describe("settling", () => {
	const WAITS = `
		local info = DockWidgetPluginGuiInfo.new(Enum.InitialDockState.Right, true)
		local root = Instance.new("Frame")
		root:SetAttribute("State", "starting")
		root:SetAttribute("Busy", true)
		root.Parent = plugin:CreateDockWidgetPluginGuiAsync("w", info)
		task.delay(0.1, function() root:SetAttribute("State", "waiting") end)
		task.spawn(function()
			repeat
				task.wait(0.5)
				local answer = game:GetService("HttpService"):GetAsync(script.ServerAddress.Value)
			until answer == "approved"
			root:SetAttribute("State", "done")
			root:SetAttribute("Busy", false)
		end)
	`;

	test("ends when the plugin waits for the user, or has polled once more if it already waited", async () => {
		let answer = "pending";
		const browser = await listen((_, response) => response.end(answer));
		await load(WAITS.replace("script.ServerAddress.Value", `"${browser}"`));
		expect(await studio.settle()).toMatchObject({ state: "waiting", busy: true });
		expect(await studio.settle()).toMatchObject({ state: "waiting", busy: true });
		answer = "approved";
		expect(await studio.settle()).toMatchObject({ state: "done", busy: false });
	});

	test("says what the plugin is busy with if it times out", async () => {
		await load(`
			local info = DockWidgetPluginGuiInfo.new(Enum.InitialDockState.Right, true)
			local label = Instance.new("TextLabel")
			label.Text = "Digging"
			label:SetAttribute("State", "digging")
			label:SetAttribute("Busy", true)
			label.Parent = plugin:CreateDockWidgetPluginGuiAsync("w", info)
		`);
		await expect(studio.settle(0.1)).rejects.toThrow("still busy: Digging");
	});
});

describe("the theme", () => {
	test("can change while a plugin runs, and fires ThemeChanged", async () => {
		await load(`
			local function printColor()
				local color = settings().Studio.Theme:GetColor(Enum.StudioStyleGuideColor.MainBackground)
				print(math.round(color.R * 255))
			end
			settings().Studio.ThemeChanged:Connect(printColor)
			printColor()
		`);
		await studio.setTheme("light");
		await studio.setTheme("dark");
		expect(await studio.studioOutput()).toEqual(["46", "255", "46"]);
	});
});

describe("a screenshot", () => {
	test("is a PNG at double resolution, in the requested size", async () => {
		await studio.screenshot(file("dark.png"), { theme: "dark" });
		await studio.screenshot(file("light.png"), { theme: "light", width: 320, height: 200 });
		const [dark, light] = [readFileSync(file("dark.png")), readFileSync(file("light.png"))];
		expect(dark.subarray(1, 4).toString()).toBe("PNG");
		expect([dark.readUInt32BE(16), dark.readUInt32BE(20)]).toEqual([600, 856]);
		expect([light.readUInt32BE(16), light.readUInt32BE(20)]).toEqual([640, 456]);
	});
});
