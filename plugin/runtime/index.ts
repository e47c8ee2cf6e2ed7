// Auxvyn: gives this game's servers access to an Auxvyn server, and to the APIs behind it.
//
//   local Client = require(game.ServerScriptService.Auxvyn.Client)
//   local answer = Client.request("GET", "/v1/whoami")
//
// The Script above calls `start`; everything else waits for that. No key stands here, and none is ever printed.
import type { HeaderValue, Origin, Send } from "./contracts";

const HttpService = game.GetService("HttpService");
const RunService = game.GetService("RunService");

// Plain `require`: what runs in a game has no import runtime.
const load = (name: string) => require(script.FindFirstChild(name) as ModuleScript);
const { parseOrigin, resolveTarget } = load("target") as typeof import("./target");
const { printable, readAnswer, readThrown } = load("verdict") as typeof import("./verdict");
const { createSend, isReserved } = load("sender") as typeof import("./sender");
const { checkUntilDecided } = load("checker") as typeof import("./checker");
const { createStatus } = load("status") as typeof import("./status");

// Seen by the other Luau VMs of this server, which have copies of this module that nobody starts.
const STARTED_ATTRIBUTE = "AuxvynStarted";
const START_PATIENCE_SECONDS = 10;
const RECHECK_SECONDS = 60;
const PREFIX = "[Auxvyn]";

interface Options {
	// Origins of further servers that may be sent the key.
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
			// Not by table.insert: whoever put another one in its place would be given the list to add to.
			allowed[allowed.size()] = parsed[0].text;
		else
			warn(
				PREFIX,
				`options.apis: “${printable(tostring(api))}” is not an address such as https://api.example.com; it is left out.`,
			);
	}
	return allowed;
}

// Asks in the background whether the key is taken; one such questioning at a time.
function startChecking({ send, server, inStudio }: Running): void {
	if (checking) return;
	checking = true;
	checkedAt = os.clock();
	task.spawn(() => {
		checkUntilDecided({
			send,
			server: server.text,
			inStudio,
			read: (answer) => readAnswer(answer, decode),
			readThrown,
			report: status.apply,
			isOver: isStopped,
		});
		checking = false;
	});
}

// A 401 may mean that the key was revoked meanwhile; an API behind forward-auth cannot say so itself.
function refused(own: boolean, answer: RequestAsyncResponse, state: Running): void {
	if (own) status.apply(readAnswer(answer, decode));
	if (!isStopped() && os.clock() - checkedAt >= RECHECK_SECONDS) startChecking(state);
}

// Takes the key (a text or a Secret) and the server's address, once, and checks the key. Does not yield.
function start(key: HeaderValue, address: string, options?: Options): void {
	if (script.FindFirstAncestorOfClass("Actor"))
		error(`${PREFIX} The Auxvyn Script is inside an Actor: move it into ServerScriptService.`, 2);
	if (running !== undefined || isStopped()) {
		warn(PREFIX, "Client.start was called a second time; the first call counts.");
		return;
	}
	const parsed = typeIs(address, "string") ? parseOrigin(address) : undefined;
	if (parsed === undefined || (parsed[1] !== "" && parsed[1] !== "/")) {
		error(`${PREFIX} ADDRESS in the Auxvyn Script is not an address such as https://keys.example.com.`, 2);
	}
	const [server] = parsed;
	const inStudio = RunService.IsStudio();
	const send = createSend(HttpService, key, inStudio);
	if (send === undefined) error(`${PREFIX} Client.start needs the key as a text or a Secret.`, 2);
	script.SetAttribute(STARTED_ATTRIBUTE, true);
	if (server.loopback && !inStudio) {
		const message = `The key of this game is for ${server.text}, which only the computer it was made on can reach, so this server has no access. Set PUBLIC_URL to a public https address on the Auxvyn server, delete ServerScriptService.Auxvyn, click Connect, and publish.`;
		status.set({ state: "stopped", message });
		return;
	}
	running = { send, server, inStudio, apis: allowedApis(options?.apis) };
	startChecking(running);
}

// Yields until `start` was called, for ten seconds at most.
function whenRunning(): Running {
	const elsewhere = script.GetAttribute(STARTED_ATTRIBUTE) === true;
	if (running === undefined && elsewhere && !isStopped()) {
		error(`${PREFIX} Client.request was called from an Actor. Call it from a Script outside of Actors.`, 3);
	}
	const deadline = os.clock() + START_PATIENCE_SECONDS;
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
// Yields. Returns HttpService's answer; throws what HttpService throws, and where the key may not go there.
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
		if (isReserved(name)) error(`${PREFIX} Nothing was sent: the header ${name} is set by Auxvyn itself.`, 2);
		all[name] = value;
	}
	let text = body;
	if (text !== undefined && !typeIs(text, "string")) {
		text = HttpService.JSONEncode(text);
		all["Content-Type"] ??= "application/json";
	}
	const answer = send(method, resolved.url, text, all);
	if (answer.StatusCode === 401) refused(resolved.own, answer, state);
	return answer;
}

export = table.freeze({
	start,
	request,
	// What is known of the key now: `state`, `message`, and `workspace` or `code`.
	status: status.current,
	// Fires with the new status whenever it changes.
	changed: changes.Event,
});
