import { afterEach, describe, expect, test } from "vitest";

import { listen, NOWHERE, openBench, unusedAddress } from "./helper.ts";
import type { Fault } from "./studio-types.ts";

const { studio, probe, load } = await openBench();
const seen: { method: string | undefined; url: string | undefined; headers: Record<string, unknown>; body: string }[] =
	[];

const server = await listen((request, response) => {
	let body = "";
	request.on("data", (chunk: Buffer) => (body += chunk.toString()));
	request.on("end", () => {
		seen.push({ method: request.method, url: request.url, headers: request.headers, body });
		if (request.url === "/silent") return;
		if (request.url === "/hangup") return void request.socket.destroy();
		if (request.url === "/broken") return void response.socket?.end("nonsense\r\n\r\n");
		if (request.url === "/away") return void response.writeHead(307, { location: `${other}/arrived` }).end();
		if (request.url === "/round") return void response.writeHead(302, { location: "round" }).end();
		response.writeHead(request.url === "/teapot" ? 418 : 200, { "X-Mixed-Case": "yes" });
		response.end('{"list":[1,null],"none":null}');
	});
});

const arrived: Record<string, unknown>[] = [];
const other = await listen((request, response) => {
	arrived.push({ ...request.headers, method: request.method, url: request.url });
	response.end("é".repeat(40_000));
});

const ASK = `
	local HttpService = game:GetService("HttpService")
	local function ask(options)
		local ok, result = pcall(HttpService.RequestAsync, HttpService, options)
		print(if ok then \`{result.Success} {result.StatusCode} {result.StatusMessage}\` else result)
		return result
	end
`;

afterEach(async () => {
	const faults: Fault[] = ["http", "http-connect", "http-timeout", "http-nonsense", "http-status", "http-limit"];
	for (const fault of faults) await studio.allow(fault);
});

describe("RequestAsync", () => {
	test("returns any status as a response, with lower-case header names", async () => {
		const printed = await probe(`${ASK}
			local response = ask({
				Url = "${server}/teapot",
				Method = "POST",
				Headers = { Authorization = "Bearer x", ["Content-Type"] = "text/plain" },
				Body = "hello",
			})
			print(response.Headers["x-mixed-case"], #HttpService:JSONDecode(response.Body).list)
			print(pcall(HttpService.GetAsync, HttpService, "${server}/teapot"))
		`);
		expect(printed).toEqual(["false 418 I'm a Teapot", "yes 1", "false HTTP 418 (I'm a Teapot)"]);
		expect(seen[0]).toMatchObject({ method: "POST", url: "/teapot", body: "hello" });
		expect(seen[0]?.headers).toMatchObject({ authorization: "Bearer x", "content-type": "text/plain" });
	});

	test("throws Studio's errors if there is no response or the request is not allowed", async () => {
		const printed = await probe(`${ASK}
			ask({ Url = "${await unusedAddress()}" })
			ask({ Url = "${server}/hangup" })
			ask({ Url = "ftp://example.com" })
			ask({ Url = "${NOWHERE}" })
			ask({ Url = "https://apis.roblox.com/x" })
			ask({ Url = "${server}", Headers = { ["User-Agent"] = "me" } })
			ask({ Url = "${server}", Timeout = 0 })
		`);
		expect(printed).toEqual([
			"HttpError: ConnectFail",
			"HttpError: ConnectionClosed",
			"HttpError: InvalidUrl",
			"ERR_ACCESS_DENIED",
			"HttpService is not allowed to access ROBLOX resources",
			'Header "User-Agent" is not allowed!',
			"Timeout must be an integer greater than zero and no greater than the default timeout",
		]);
	});

	test("refuses a body with GET or HEAD, and the headers that Roblox sets itself", async () => {
		const locked = [
			"Accept-Encoding",
			"connection",
			"Expect",
			"Forwarded",
			"Host",
			"Roblox-Id",
			"Via",
			"X-Forwarded-For",
		];
		const printed = await probe(`${ASK}
			ask({ Url = "${server}", Body = "no" })
			ask({ Url = "${server}", Method = "HEAD", Body = "" })
			for _, name in { ${locked.map((name) => `"${name}"`).join(", ")} } do
				ask({ Url = "${server}", Headers = { [name] = "x" } })
			end
			ask({ Url = "${server}", Headers = { Accept = "a/b", ["Cache-Control"] = "no-cache", ["X-Forward"] = "x" } })
		`);
		expect(printed).toEqual([
			'Method "GET" cannot have a body',
			'Method "HEAD" cannot have a body',
			...locked.map((name) => `Header "${name}" is not allowed!`),
			"true 200 OK",
		]);
	});

	test("follows redirects, without Authorization on other hosts", async () => {
		const printed = await probe(`${ASK}
			local headers = { Authorization = "Bearer x", ["X-Api-Key"] = "y" }
			print(#ask({ Url = "${server}/away?q=1", Method = "POST", Body = "kept", Headers = headers }).Body)
			print(#ask({ Url = "${server}/away", Method = "POST", Body = "kept", Headers = headers }).Body)
			ask({ Url = "${server}/round" })
			ask({ Url = "${server}/broken" })
		`);
		expect(printed.slice(2)).toEqual([
			"true 200 OK",
			"80000",
			"HttpError: TooManyRedirects",
			"HttpError: ServerProtocolError",
		]);
		const [host] = other.split("//").slice(1);
		expect(arrived.at(-1)).toMatchObject({ method: "POST", url: "/arrived", host, "x-api-key": "y" });
		expect(arrived.at(-1)).not.toHaveProperty("authorization");
	});

	test("times out on the virtual clock", async () => {
		await load(`${ASK} task.spawn(ask, { Url = "${server}/silent", Timeout = 1 })`);
		expect(await studio.waitForStudioOutput("Timedout")).toEqual(["HttpError: Timedout"]);
		await studio.refuse("http-timeout", { seconds: 30 });
		await load(`${ASK} task.spawn(ask, { Url = "${server}" })`);
		await studio.advance(29);
		expect(await studio.studioOutput()).toEqual([]);
		await studio.advance(2);
		expect(await studio.studioOutput()).toEqual(["HttpError: Timedout"]);
	});

	test("is limited to 500 requests per minute", async () => {
		await studio.refuse("http-nonsense");
		const printed = await probe(`${ASK}
			for _ = 1, 500 do HttpService:RequestAsync({ Url = "${server}" }) end
			ask({ Url = "${server}" })
		`);
		expect(printed).toEqual(["Number of requests exceeded limit"]);
	});
});

describe("JSON", () => {
	test("an empty table is an array, null becomes nil, and invalid JSON throws", async () => {
		const printed = await probe(`${ASK}
			print(HttpService:JSONEncode({}), HttpService:JSONEncode({ b = 1, a = "é\\n" }), HttpService:JSONEncode({ 1, 2 }))
			print(HttpService:JSONDecode('{"a":null}').a, pcall(HttpService.JSONDecode, HttpService, "<html>"))
		`);
		expect(printed).toEqual(['[] {"a":"é\\n","b":1} [1,2]', "nil false Can't parse JSON"]);
	});
});

test("JSON takes buffers, inf and nan, and no text that is not UTF-8", async () => {
	const printed = await probe(`local HttpService = game:GetService("HttpService")
		print(HttpService:JSONEncode({ math.huge, -math.huge, 0 / 0 }))
		for _, bad in { { "x\\xE2y" }, { ["x\\xE2y"] = 1 } } do
			print(pcall(HttpService.JSONEncode, HttpService, bad))
		end
		for _, text in { "", "a", "ab", "abc", "a\\0\\255d" } do
			local json = HttpService:JSONEncode({ b = buffer.fromstring(text) })
			print(json, buffer.tostring(HttpService:JSONDecode(json).b) == text)
		end
	`);
	const encoded = (base64: string) => `{"b":{"m":null,"t":"buffer","base64":"${base64}"}} true`;
	expect(printed).toEqual([
		"[inf,-inf,nan]",
		"false Can't convert to JSON",
		"false Can't convert to JSON",
		...["", "YQ==", "YWI=", "YWJj", "YQD/ZA=="].map(encoded),
	]);
});

describe("the HTTP permission for a domain", () => {
	test("stays denied until it is allowed", async () => {
		await studio.refuse("http");
		const denied = await probe(`${ASK} ask({ Url = "${server}" }) ask({ Url = "${server}" })`);
		const words = `HttpService permission denied on domain ${server.slice("http://".length)} for plugin 0.`;
		expect(denied).toEqual([words, words]);
		await studio.allow("http");
		expect(await probe(`${ASK} ask({ Url = "${server}" })`)).toEqual(["true 200 OK"]);
	});

	test("holds the request while Studio prompts", async () => {
		await studio.refuse("http", { how: "ask" });
		await load(`${ASK} task.spawn(ask, { Url = "${server}" })`);
		await studio.advance(600);
		expect(await studio.studioOutput()).toEqual([]);
		await studio.allow("http");
		expect(await studio.waitForStudioOutput("200")).toEqual(["true 200 OK"]);
	});
});

describe("the network", () => {
	test.each([
		["http-connect", "HttpError: ConnectFail"],
		["http-limit", "Number of requests exceeded limit"],
		["http-nonsense", "true 200 OK"],
	] as const)("can be made to fail once for matching URLs: %s", async (fault, words) => {
		await studio.refuse(fault, { times: 1, match: "/here" });
		const printed = await probe(`${ASK}
			ask({ Url = "${server}/teapot" })
			local response = ask({ Url = "${server}/here" })
			print(pcall(HttpService.JSONDecode, HttpService, type(response) == "table" and response.Body or ""))
			ask({ Url = "${server}/teapot" })
		`);
		expect(printed[1]).toBe(words);
		expect(printed[2]).toBe("false Can't parse JSON");
		expect([printed[0], printed[3]]).toEqual(["false 418 I'm a Teapot", "false 418 I'm a Teapot"]);
	});

	test("can route a public address to a local server, which sees that address", async () => {
		await studio.raw({ do: "open", network: { "https://keys.example.com": server } });
		expect(await probe(`${ASK} ask({ Url = "https://keys.example.com/teapot" })`)).toEqual(["false 418 I'm a Teapot"]);
		expect(seen.at(-1)).toMatchObject({ url: "/teapot", headers: { host: "keys.example.com" } });
	});
});
