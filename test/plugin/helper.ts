import { afterAll, onTestFinished } from "vitest";

import { build, type BuildOptions, type Person, type TestClock, type TestServer } from "../server/helper.ts";
import type { PlaceNode } from "../studio/place-node.ts";
import { openStudio, type Studio } from "../studio/studio.ts";
import type { StudioOptions } from "../studio/studio-options.ts";
import type { Widget } from "../studio/studio-types.ts";

/** A Studio with a place, connected to its own real backend. Their clocks advance together. */
export interface Loop {
	studio: Studio;
	server: TestServer;
	address: string;
	person: Person;
	/** Advances both clocks. */
	advance: (seconds: number) => Promise<void>;
	/** The user code in the widget. */
	userCode: () => Promise<string>;
	approve: (body?: Record<string, unknown>, as?: Person) => Promise<void>;
	/** Clicks Connect, approves, and waits until the widget is done. */
	connect: () => Promise<Widget>;
	/** Waits until the key with that label is in the place and verified. */
	verified: (label: string) => Promise<Widget>;
	/** The managed Script in ServerScriptService. */
	managedScript: () => Promise<PlaceNode | undefined>;
	keyInPlace: () => Promise<string | undefined>;
	/** The ids of the workspace's active keys. */
	activeKeys: (as?: Person) => Promise<string[]>;
	/** How many requests the plugin has made to addresses that end so. */
	requestsTo: (path: string) => Promise<number>;
}

const POLL_SECONDS = 2;
const KEY = /auxvyn_[0-9a-f]{60}/;

/** Luau that gives the managed Script the first form, which handed the key to a module: Update is offered. */
export const OLDER_FORM = `local auxvyn = game:GetService("ServerScriptService").Auxvyn
	local key = string.match(auxvyn.Source, '"(auxvyn_%x+)"')
	local address = string.match(auxvyn.Source, 'local ADDRESS = ("[^"]+")')
	auxvyn.Source = 'local KEY = "' .. key .. '"\\nlocal ADDRESS = ' .. address
		.. "\\nrequire(script.Client).start(KEY, ADDRESS)\\n"`;

/** Follows real time and can jump. */
function jumpingClock(): TestClock {
	let jumped = 0;
	return {
		now: () => Date.now() + jumped,
		monotonic: () => performance.now() + jumped,
		advance: (seconds) => {
			jumped += seconds * 1000;
		},
		advanceTo: (milliseconds) => {
			jumped = milliseconds - Date.now();
		},
		set: (milliseconds) => {
			jumped = milliseconds - Date.now();
		},
	};
}

export interface LoopOptions extends Partial<Omit<StudioOptions, "log">> {
	/** The backend's address as the place sees it, instead of its loopback address. */
	publicName?: string;
	/** By how much the backend's clock is ahead of Studio's, or behind. */
	serverAheadSeconds?: number;
	/** The backend's PostgreSQL database. */
	databaseUrl?: string;
}

/** How backends of loops are built. */
export const BACKEND: BuildOptions = { env: { RATE_LIMIT_SCALE: "0" } };

/** Serves HTTP. Returns its address. */
export const listenAt = ({ app }: TestServer): Promise<string> => app.listen({ port: 0, host: "127.0.0.1" });

export type OpenLoop = (options?: LoopOptions) => Promise<Loop>;

/**
 * Shares one Lune process among the tests of a file, since starting it takes longer than most tests. Each loop gets a
 * fresh Studio and its own backend; only the clock carries over.
 */
export function useLoops(): OpenLoop {
	const clock = jumpingClock();
	let studio: Studio | undefined;
	afterAll(() => studio?.close());
	return async (options = {}) => {
		const { publicName, serverAheadSeconds = 0, databaseUrl, ...rest } = options;
		const serverClock = { ...clock, now: () => clock.now() + serverAheadSeconds * 1000 };
		const server = await build({ ...BACKEND, clock: serverClock, ...(databaseUrl !== undefined && { databaseUrl }) });
		const address = await listenAt(server);
		const routed = publicName === undefined ? {} : { server: publicName };
		const network = { ...(publicName === undefined ? {} : { [publicName]: address }), ...rest.network };
		const opened = { server: address, ...routed, ...rest, network };
		if (studio === undefined) studio = await openStudio(opened);
		else await studio.begin(opened);
		return loopOf({ studio, server, address, clock, person: await server.signUp("Moonlit") });
	};
}

type LoopParts = Pick<Loop, "studio" | "server" | "address" | "person"> & { clock: TestClock };

function loopOf({ studio, server, address, clock, person }: LoopParts): Loop {
	onTestFinished(() => studio.startAfresh());
	const loop: Loop = {
		studio,
		server,
		address,
		person,
		advance: async (seconds) => {
			clock.advance(seconds);
			await studio.advance(seconds);
		},
		userCode: async () => {
			await studio.waitFor("Approve in your browser");
			const { boxes } = await studio.widget();
			return boxes.find((box) => box.name === "UserCode")?.text ?? "";
		},
		approve: async (body = {}, as = person) => {
			const response = await as.request("POST", `/api/pairings/${await loop.userCode()}/approve`, {
				workspaceId: as.workspaceId,
				label: "Production",
				...body,
			});
			if (response.statusCode !== 200) throw new Error(`The approval failed: ${response.body}`);
			await loop.advance(POLL_SECONDS);
		},
		connect: async () => {
			await studio.click("Connect");
			await loop.approve();
			return studio.waitFor("Connected");
		},
		verified: async (label) => {
			await studio.waitFor(label, 20);
			const widget = await studio.settle();
			if (widget.state !== "connected") throw new Error(`The widget shows: ${widget.texts.join(" | ")}`);
			return widget;
		},
		managedScript: async () => find(await studio.place(), "Auxvyn"),
		keyInPlace: async () => KEY.exec((await loop.managedScript())?.source ?? "")?.[0],
		activeKeys: async (as = person) => {
			const response = await as.request("GET", `/api/workspaces/${as.workspaceId}/keys?state=active`);
			return response.json<{ keys: { id: string }[] }>().keys.map((key) => key.id);
		},
		requestsTo: async (path) => (await studio.requests()).filter(({ url }) => url.endsWith(path)).length,
	};
	return loop;
}

function find(nodes: PlaceNode[], name: string): PlaceNode | undefined {
	const home = nodes.find((node) => node.class === "ServerScriptService");
	return home?.children.find((node) => node.name === name);
}
