import { readFileSync } from "node:fs";

import { afterEach, beforeAll, describe, expect, test } from "vitest";

import { listen, openBench } from "./helper.ts";
import { writePlace } from "./place-file.ts";
import type { Fault, FaultOptions } from "./studio-types.ts";

const { studio, file, load, probe } = await openBench();

const sent: string[] = [];
const server = await listen((request, response) => {
	sent.push(`${request.method} ${request.url}`);
	response.end(`answer ${sent.length}`);
});
const elsewhere = await listen((_request, response) => response.end("elsewhere"));

const active: Fault[] = [];
async function refuse(what: Fault, options: FaultOptions = {}): Promise<void> {
	active.push(what);
	await studio.refuse(what, options);
}

afterEach(async () => {
	for (const fault of active.splice(0)) await studio.allow(fault);
	sent.length = 0;
});

const ASK = `
	local HttpService = game:GetService("HttpService")
	local function ask(path, method)
		local options = { Url = if string.find(path, "^http") then path else "${server}" .. path, Method = method or "GET" }
		local ok, result = pcall(HttpService.RequestAsync, HttpService, options)
		print(if ok then result.Body else result)
		return if ok then result else nil
	end
`;

describe("a fault of requests", () => {
	test("strikes only the requests that it selects: by path, host, method, number", async () => {
		await refuse("http-connect", { match: "/down" });
		await refuse("http-connect", { match: elsewhere });
		await refuse("http-status", {
			method: "DELETE",
			nth: 2,
			status: 503,
			body: '{"no":1}',
			headers: { "Retry-After": "7" },
		});
		const printed = await probe(`${ASK}
			ask("/up") ask("/down") ask("${elsewhere}")
			ask("/a", "DELETE")
			local response = ask("/b", "DELETE")
			print(response.StatusCode, response.Headers["retry-after"], response.Headers["content-type"])
			ask("/c", "DELETE")
		`);
		expect(printed).toEqual([
			"answer 1",
			"HttpError: ConnectFail",
			"HttpError: ConnectFail",
			"answer 2",
			'{"no":1}',
			"503 7 application/json",
			"answer 3",
		]);
	});

	test("can be any HttpError, or a missing capability", async () => {
		await refuse("http-error", { how: "DnsResolve", times: 1 });
		await refuse("http-capability");
		expect(await probe(`${ASK} ask("/") ask("/")`)).toEqual([
			"HttpError: DnsResolve",
			"The current thread cannot call 'RequestAsync' (lacking capability Network)",
		]);
		expect(sent).toEqual([]);
	});

	test("loses an answer that the server has given, or sends a request twice", async () => {
		await refuse("http-lost", { times: 1 });
		await refuse("http-doubled", { match: "/twice" });
		expect(await probe(`${ASK} ask("/lost") ask("/twice")`)).toEqual([
			"HttpError: ConnectionClosed",
			expect.stringMatching(/^answer [23]$/),
		]);
		expect(sent.sort()).toEqual(["GET /lost", "GET /twice", "GET /twice"]);
	});

	test("keeps an answer back, so that a later one arrives first", async () => {
		await refuse("http-late", { seconds: 300, nth: 1 });
		await load(`${ASK} task.spawn(ask, "/first") task.wait() ask("/second")`);
		await studio.waitForStudioOutput("answer");
		await studio.advance(290);
		expect(await studio.studioOutput()).toEqual(["answer 2"]);
		await studio.advance(11);
		expect(await studio.studioOutput()).toEqual(["answer 2", "answer 1"]);
	});

	test("strikes by chance, the same way from the same seed", async () => {
		const rounds = [];
		for (let round = 0; round < 2; round += 1) {
			await refuse("http-connect", { chance: 0.5, seed: 7 });
			const printed = await probe(`${ASK} for _ = 1, 20 do ask("/") end`);
			rounds.push(printed.map((line) => line.startsWith("HttpError")));
		}
		expect(rounds[0]).toEqual(rounds[1]);
		expect(rounds[0]).toContain(true);
		expect(rounds[0]).toContain(false);
	});

	test("shortens the default timeout to 30 s, which is then the longest", async () => {
		await refuse("http-default-timeout", { seconds: 30 });
		expect(
			await probe(`print(pcall(function()
				return game:GetService("HttpService"):RequestAsync({ Url = "${server}", Timeout = 31 })
			end))`),
		).toEqual([expect.stringContaining("no greater than the default timeout")]);
	});
});

describe("requests in Studio", () => {
	const http = { class: "HttpService", properties: { HttpEnabled: true } };
	const playing = async (source: string) => {
		const script = { class: "Script", name: "Game", source: `${ASK}\n${source}` };
		const services = [http, { class: "ServerScriptService", children: [script] }];
		await load("", { place: await writePlace(file("play.rbxl"), services) });
		await studio.play();
	};

	test("share one budget a minute: the plugin's, the playtest's and other plugins'", async () => {
		await refuse("http-budget", { count: 498 });
		await load(`${ASK} if game:GetService("RunService"):IsEdit() then ask("/plugin") end`, {
			place: await writePlace(file("budget.rbxl"), [http]),
		});
		await studio.waitForStudioOutput("answer");
		await studio.play();
		const ask = `pcall(game.HttpService.GetAsync, game.HttpService, "${server}/game")`;
		expect(await studio.run(ask, { copy: "server" })).toContain("true");
		expect(await studio.run(ask, { copy: "server" })).toBe("false Number of requests exceeded limit");
		await studio.stop();
	});

	test("may be limited to three at once in a playtest: more wait, or fail", async () => {
		await refuse("http-at-once");
		const four = 'for index = 1, 4 do task.spawn(ask, "/" .. index) end';
		await playing(four);
		expect(await studio.waitForStudioOutput("answer 4", 10, "server")).toHaveLength(4);
		await studio.stop();
		await studio.allow("http-at-once");
		await refuse("http-at-once", { how: "error" });
		await playing(four);
		await studio.waitForStudioOutput("answer 7", 10, "server");
		expect((await studio.studioOutput("server"))[0]).toBe("HttpError: TooManyOutstandingRequests");
		await studio.stop();
	});

	test("are listed, and http is another origin than https", async () => {
		const name = "keys.example.com";
		const network = { [`http://${name}`]: elsewhere, [`https://${name}`]: server };
		await studio.raw({ do: "open", network });
		await probe(`${ASK} ask("https://${name}/one") ask("http://${name}/two")`);
		expect(await studio.requests()).toEqual([
			{ method: "GET", url: `https://${name}/one`, by: "plugin" },
			{ method: "GET", url: `http://${name}/two`, by: "plugin" },
		]);
		expect(await studio.studioOutput()).toEqual(["answer 1", "elsewhere", expect.any(String)]);
	});
});

describe("the plugin can be unloaded", () => {
	const worker = `${ASK}
		print("loaded")
		plugin.Unloading:Connect(function() print("unloading") end)
		plugin:CreatePluginAction("open", "Open", "")
		plugin:CreateToolbar("Tools"):CreateButton("id", "", "")
		task.spawn(function() while true do task.wait(1) print("alive") end end)
	`;

	test("by a person, and loaded again, in the same place", async () => {
		await load(worker);
		await studio.unload();
		await studio.unload();
		await studio.advance(5);
		expect(await studio.studioOutput()).toEqual(["loaded", "unloading"]);
		await studio.reload();
		await studio.waitForStudioOutput("loaded");
		expect(await studio.studioOutput()).toEqual(["loaded", "unloading", "loaded"]);
	});

	test("in all its copies, where it is installed twice", async () => {
		await load(worker, { copies: 2 });
		expect(await studio.toolbar()).toHaveLength(2);
		await studio.unload();
		expect(await studio.studioOutput()).toEqual(["loaded", "loaded", "unloading", "unloading"]);
	});

	test.each<[string, string[]]>([
		["request", ["loaded", "unloading"]],
		["answer", ["loaded", "unloading"]],
	])("while a request is under way: at its %s", async (how, output) => {
		await refuse("unload", { how, match: "/second" });
		await load(`${worker} ask("/first") ask("/second") print("never")`);
		await studio.waitForStudioOutput("unloading");
		await studio.advance(5);
		expect(await studio.studioOutput()).toEqual([output[0], "answer 1", output[1]]);
		expect(sent).toEqual(["GET /first", "GET /second"]);
	});

	const writer = `${worker}
		local made = workspace:FindFirstChild("Made") or Instance.new("Script", workspace)
		made.Name = "Made"
		game:GetService("ScriptEditorService"):UpdateSourceAsync(made, function() print("asked") return "-- new" end)
		print("returned")
	`;
	test.each<[string, string, string[]]>([
		["callback", "", ["loaded", "unloading"]],
		["write", "-- new", ["loaded", "asked", "unloading"]],
		["written", "-- new", ["loaded", "asked", "unloading"]],
	])("while source is updated: at its %s", async (how, source, output) => {
		await refuse("unload", { how });
		await load(writer);
		await studio.waitForStudioOutput("unloading");
		await studio.advance(1);
		expect(await studio.studioOutput()).toEqual(output);
		expect(await studio.run("workspace.Made.Source")).toBe(source);
	});

	test("between the callback and its write, which is then lost", async () => {
		await refuse("unload", { how: "write", times: 1 });
		await refuse("update-source", { how: "abandoned" });
		await load(writer);
		await studio.waitForStudioOutput("unloading");
		await studio.advance(30);
		expect(await studio.run("workspace.Made.Source")).toBe("");
		await load(writer);
		await studio.waitForStudioOutput("asked");
		await studio.advance(30);
		expect(await studio.run("workspace.Made.Source")).toBe("-- new");
	});
});

describe("an update of source", () => {
	beforeAll(() => studio.open());
	const update = `
		local made = Instance.new("Script", workspace)
		made.Name = "Made"
		game:GetService("ScriptEditorService"):UpdateSourceAsync(made, function() print("asked") return "a\\r\\nb\\rc" end)
		print("returned", #made.Source)
	`;

	test("keeps line ends as LF", async () => {
		expect(await probe(update)).toEqual(["asked", "returned 5"]);
	});

	test("may ask for the text after 25 s, or store it then", async () => {
		await refuse("update-source", { how: "late" });
		await load(update);
		await studio.advance(24);
		expect(await studio.studioOutput()).toEqual([]);
		await studio.advance(2);
		expect(await studio.studioOutput()).toEqual(["asked", "returned 5"]);
		await studio.allow("update-source");
		await refuse("update-source", { how: "slow", seconds: 10 });
		await load(update);
		await studio.waitForStudioOutput("asked");
		await studio.advance(9);
		expect(await studio.run("#workspace.Made.Source")).toBe("0");
		await studio.advance(2);
		expect(await studio.studioOutput()).toEqual(["asked", "returned 5"]);
	});

	test("may be lost where the source is linked", async () => {
		const linked = update
			.replace("print(", 'print(made.LinkedSource ~= "", ')
			.replace('"Made"', '"Made" made.LinkedSource = "rbxassetid://1"');
		await refuse("linked-source");
		expect((await probe(linked)).at(-1)).toBe("returned 0");
	});
});

describe("undo and Cancel", () => {
	const change = (operation: string) => `
		local history = game:GetService("ChangeHistoryService")
		local made = Instance.new("Script", workspace)
		made.Name = "Made"
		history:SetWaypoint("made")
		local id = history:TryBeginRecording("change")
		made.Source = "-- new"
		made:SetAttribute("Mark", 1)
		made:AddTag("Marked")
		history:FinishRecording(id, Enum.FinishRecordingOperation.${operation})
	`;
	const made = "workspace.Made.Source, workspace.Made:GetAttribute('Mark'), workspace.Made:HasTag('Marked')";

	test("revert source, attributes and tags", async () => {
		await probe(change("Commit"));
		await studio.undo();
		expect(await studio.run(made)).toBe(" nil false");
		await probe(change("Cancel"));
		expect(await studio.run(made)).toBe(" nil false");
	});

	test("may leave source, marks, or everything as it was", async () => {
		await refuse("undo-marks");
		await probe(change("Commit"));
		await studio.undo();
		expect(await studio.run(made)).toBe(" 1 true");
		await refuse("cancel-source");
		await probe(change("Cancel"));
		expect(await studio.run(made)).toBe("-- new nil false");
		await refuse("cancel");
		await probe(change("Cancel"));
		expect(await studio.run(made)).toBe("-- new 1 true");
	});

	test("Cancel takes along what others changed while the recording was open", async () => {
		await load(`
			local history = game:GetService("ChangeHistoryService")
			local id = history:TryBeginRecording("change")
			print("open")
			workspace.ChildAdded:Wait()
			history:FinishRecording(id, Enum.FinishRecordingOperation.Cancel)
			print("cancelled", workspace:FindFirstChild("Theirs"))
		`);
		await studio.waitForStudioOutput("open");
		await studio.run('Instance.new("Folder", workspace).Name = "Theirs"');
		expect(await studio.waitForStudioOutput("cancelled")).toEqual(["open", "cancelled nil"]);
	});
});

test("an unknown fault is refused, and the README describes all others", async () => {
	const refusal: unknown = await studio.raw({ do: "refuse", what: "weather" }).catch((error: unknown) => error);
	const [, list = ""] = /^There is no fault "weather"\. Faults: (.*)$/.exec((refusal as Error).message) ?? [];
	const described = readFileSync(new URL("README.md", import.meta.url), "utf8");
	expect(list.split(", ").length).toBeGreaterThan(20);
	expect(list.split(", ").filter((name) => !described.includes(`\`${name}\``))).toEqual([]);
});
