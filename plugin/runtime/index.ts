// Auxvyn: gives this game's servers access to an Auxvyn server, and to the APIs behind it.
//
//   local Client = require(game.ServerScriptService.Auxvyn.Client)
//   local response = Client.request("GET", "/v1/whoami")
//
// The parent Script calls `start`; requests wait for that. This module contains no key and never prints one.
import type { HeaderValue, Origin, Send } from "./contracts";

const HttpService = game.GetService("HttpService");
const RunService = game.GetService("RunService");

// Plain `require`: games do not have roblox-ts's import runtime.
const load = (name: string) => require(script.FindFirstChild(name) as ModuleScript);
const { parseOrigin, resolveTarget } = load("target") as typeof import("./target");
const { printable, readResponse, readError } = load("verdict") as typeof import("./verdict");
const { createSend, isReserved } = load("sender") as typeof import("./sender");
const { checkUntilDecided } = load("checker") as typeof import("./checker");
const { createStatus } = load("status") as typeof import("./status");

// Visible in other Luau VMs of this server, where copies of this module are never started.
const STARTED_ATTRIBUTE = "AuxvynStarted";
const START_TIMEOUT_SECONDS = 10;
const RECHECK_SECONDS = 60;
const PREFIX = "[Auxvyn]";

interface Options {
	// Origins of other servers that may receive the key.
	apis?: string[];
}

interface Running {
	send: Send;
	server: Origin;
	inStudio: boolean;
	apis: string[];
}

const changes = new Instance("BindableEvent");
let running: Running | undefined;
let checking = false;
let checkedAt = 0;
const status = createStatus(changes);

const isStopped = () => status.current().state === "stopped";

function decode(text: string): unknown {
	const [decoded, value] = pcall(() => HttpService.JSONDecode(text));
	return decoded ? value : undefined;
}

function allowedApis(apis: string[] | undefined): string[] {
	const allowed: string[] = [];
	for (const api of apis ?? []) {
		const parsed = parseOrigin(api);
		if (parsed !== undefined && parsed[0].secure && (parsed[1] === "" || parsed[1] === "/"))
			// Not table.insert: a script that replaced it would get the list and could add to it.
			allowed[allowed.size()] = parsed[0].text;
		else
			warn(
				PREFIX,
				`options.apis: “${printable(tostring(api))}” is not an https address such as https://api.example.com; it is ignored.`,
			);
	}
	return allowed;
}

// Checks the key in the background, one check at a time.
function startChecking({ send, server, inStudio }: Running): void {
	if (checking) return;
	checking = true;
	checkedAt = os.clock();
	task.spawn(() => {
		checkUntilDecided({
			send,
			server: server.text,
			inStudio,
			readResponse: (response) => readResponse(response, decode),
			readError,
			report: status.apply,
			isDone: isStopped,
		});
		checking = false;
	});
}

// A 401 may mean that the key was revoked; an API behind forward-auth cannot say so itself.
function handleUnauthorized(own: boolean, response: RequestAsyncResponse, state: Running): void {
	if (own) status.apply(readResponse(response, decode));
	if (!isStopped() && os.clock() - checkedAt >= RECHECK_SECONDS) startChecking(state);
}

// Sets the key (a string or a Secret) and the server address, once, and checks the key. Does not yield.
function start(key: HeaderValue, address: string, options?: Options): void {
	if (script.FindFirstAncestorOfClass("Actor"))
		error(`${PREFIX} The Auxvyn Script is inside an Actor: move it into ServerScriptService.`, 2);
	if (running !== undefined || isStopped()) {
		warn(PREFIX, "Client.start was called before; this call is ignored.");
		return;
	}
	const parsed = typeIs(address, "string") ? parseOrigin(address) : undefined;
	if (parsed === undefined || (parsed[1] !== "" && parsed[1] !== "/")) {
		error(`${PREFIX} ADDRESS in the Auxvyn Script is not an address such as https://keys.example.com.`, 2);
	}
	const [server] = parsed;
	const inStudio = RunService.IsStudio();
	const send = createSend(HttpService, key, inStudio);
	if (send === undefined) error(`${PREFIX} Client.start needs the key as a string or a Secret.`, 2);
	script.SetAttribute(STARTED_ATTRIBUTE, true);
	if (server.loopback && !inStudio) {
		const message = `This game's key is for ${server.text}, which can only be reached from that server's own computer, so this game server has no access. Set PUBLIC_URL to a public https address on the Auxvyn server, delete ServerScriptService.Auxvyn, click Connect, and publish.`;
		status.set({ state: "stopped", message });
		return;
	}
	running = { send, server, inStudio, apis: allowedApis(options?.apis) };
	startChecking(running);
}

// Yields until `start` is called, for at most ten seconds.
function whenRunning(): Running {
	const elsewhere = script.GetAttribute(STARTED_ATTRIBUTE) === true;
	if (running === undefined && elsewhere && !isStopped()) {
		error(`${PREFIX} Client.request was called from an Actor. Call it from a Script outside any Actor.`, 3);
	}
	const deadline = os.clock() + START_TIMEOUT_SECONDS;
	while (running === undefined && !isStopped() && os.clock() < deadline) task.wait(0.1);
	if (isStopped()) error(`${PREFIX} ${status.current().message}`, 3);
	if (running === undefined) {
		error(
			`${PREFIX} Client.start was not called within ten seconds: is the Auxvyn Script enabled, in ServerScriptService?`,
			3,
		);
	}
	return running;
}

// Sends a request with the key to a path of the Auxvyn server, or to an https URL whose origin is in options.apis.
// Yields. Returns HttpService's response; throws its errors, and if the key may not be sent to that target.
function request(
	method: string,
	target: string,
	body?: string | object,
	headers?: Record<string, string>,
): RequestAsyncResponse {
	const state = whenRunning();
	const { send, server, apis } = state;
	const resolved = resolveTarget(target, server, apis);
	if ("refusal" in resolved) error(`${PREFIX} Nothing was sent: ${resolved.refusal}.`, 2);
	const all: Record<string, string> = {};
	for (const [name, value] of pairs(headers ?? {})) {
		if (isReserved(name)) error(`${PREFIX} Nothing was sent: the header ${name} is set by Auxvyn.`, 2);
		all[name] = value;
	}
	let text = body;
	if (text !== undefined && !typeIs(text, "string")) {
		text = HttpService.JSONEncode(text);
		all["Content-Type"] ??= "application/json";
	}
	const response = send(method, resolved.url, text, all);
	if (response.StatusCode === 401) handleUnauthorized(resolved.own, response, state);
	return response;
}

export = table.freeze({
	start,
	request,
	// The current state of the key: `state`, `message`, and `workspace` or `code`.
	status: status.current,
	// Fires with the new status whenever it changes.
	changed: changes.Event,
});
