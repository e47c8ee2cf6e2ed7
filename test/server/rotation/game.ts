import { randomUUID } from "node:crypto";

import { vi } from "vitest";

import { examineRetirements } from "../../../server/keys/retire/examine.store.ts";
import type { Key, KeyDetails, Retirement } from "../../../shared/wire.ts";
import { build, type BuildOptions, type Person, type TestServer } from "../helper.ts";

export const PLACE = 1818;
const HEARTBEAT_SECONDS = 60;
const PASSWORD = "correct horse battery";
const STRETCH_MS = 300_000;
const SAME_ORIGIN = { "sec-fetch-site": "same-origin" };

export interface KeyInGame {
	id: string;
	secret: string;
}

/** A game server that runs until it is closed. */
export interface GameServer {
	key: KeyInGame;
	jobId: string;
	place: number;
	version: number;
}

export interface Game {
	/** The backend that runs now. */
	readonly server: TestServer;
	rin: Person;
	old: KeyInGame;
	next: KeyInGame;
	/** Starts a game server, which sends its first request. */
	open(key: KeyInGame, version: number, place?: number): Promise<GameServer>;
	/** It sends a request. Returns the status. */
	send(running: GameServer, headers?: Record<string, string>): Promise<number>;
	/** It says goodbye. */
	close(running: GameServer): Promise<void>;
	/** Time passes, and each of the servers that run is heard from once a minute. What was counted is written often. */
	pass(minutes: number, ...running: GameServer[]): Promise<void>;
	/** Days pass, in which nothing happens. */
	passDays(days: number): Promise<void>;
	/** The clock advances to the beginning of a stretch of silence. */
	passToStretch(): void;
	/** The backend is shut down, and starts again later. */
	restart(minutesLater: number): Promise<void>;
	/** Begins the retirement of the old key. */
	retire(): Promise<Key>;
	/** Takes it back. */
	keep(): Promise<Key>;
	/** The janitor looks at retirements. */
	examine(): Promise<void>;
	key(id?: string): Promise<Key>;
	details(id?: string): Promise<KeyDetails>;
	retirement(): Promise<Retirement>;
	/** What the retirement waits for, after the janitor has looked: codes, with their version where they have one. */
	waitsFor(): Promise<string[]>;
	isRevoked(): Promise<boolean>;
}

/** Another backend on the game's database, which writes what it counted only when told to. */
export async function anotherBackend({ server }: Game): Promise<TestServer> {
	vi.useFakeTimers({ toFake: ["setInterval"] });
	try {
		const { dataDir, clock } = server;
		const backend = await build({ dataDir, clock });
		await backend.app.usage.flush();
		return backend;
	} finally {
		vi.useRealTimers();
	}
}

export function gameHeaders({ jobId, place, version }: Omit<GameServer, "key">): Record<string, string> {
	return {
		"x-auxvyn-server": jobId,
		"x-auxvyn-place": String(place),
		"x-auxvyn-place-version": String(version),
		"x-auxvyn-heartbeat": String(HEARTBEAT_SECONDS),
	};
}

/** A server, and a workspace with a key and the one that replaces it. */
export async function startGame(options: BuildOptions = {}): Promise<Game> {
	let server = await build(options);
	const rin = await server.signUp();
	let { cookie } = rin;
	const ask = (method: "GET" | "POST" | "DELETE", url: string, payload?: Record<string, string>) =>
		server.app.inject({ method, url, headers: { cookie, ...SAME_ORIGIN }, ...(payload && { payload }) });
	const path = `/api/workspaces/${rin.workspaceId}/keys`;
	const old = await rin.createKey("Production");
	const created = await rin.request("POST", path, { label: "Production 2", replaces: old.id });
	const { key: newKey, secret } = created.json<{ key: Key; secret: string }>();
	const next = { id: newKey.id, secret };

	const send: Game["send"] = async (running, headers = {}) =>
		(await server.whoami(running.key.secret, { ...gameHeaders(running), ...headers })).statusCode;

	const game: Game = {
		get server() {
			return server;
		},
		rin,
		old,
		next,
		async open(key, version, place = PLACE) {
			const running = { key, jobId: randomUUID(), place, version };
			await send(running);
			return running;
		},
		send,
		close: async (running) => void (await send(running, { "x-auxvyn-closing": "1" })),
		async pass(minutes, ...running) {
			for (let minute = 0; minute < minutes; minute += 1) {
				server.clock.advance(60);
				for (const each of running) await send(each);
				if (minute % 4 === 3) await server.app.usage.flush();
			}
		},
		async passDays(days) {
			server.clock.advance(days * 86_400);
			// The session has ended.
			const { cookies } = await ask("POST", "/api/auth/sign-in/email", { email: rin.email, password: PASSWORD });
			cookie = cookies.map((each) => `${each.name}=${each.value}`).join("; ");
		},
		async restart(minutesLater) {
			const { dataDir, clock } = server;
			await server.close();
			clock.advance(minutesLater * 60);
			server = await build({ ...options, dataDir, clock });
		},
		passToStretch: () => server.clock.advanceTo(Math.ceil(server.clock.now() / STRETCH_MS) * STRETCH_MS),
		async retire() {
			const answer = await ask("POST", `${path}/${old.id}/retire`, { replacedBy: next.id });
			if (answer.statusCode !== 200) throw new Error(answer.body);
			return answer.json<{ key: Key }>().key;
		},
		async keep() {
			const answer = await ask("DELETE", `${path}/${old.id}/retire`);
			if (answer.statusCode !== 200) throw new Error(answer.body);
			return answer.json<{ key: Key }>().key;
		},
		async examine() {
			await server.app.usage.flush();
			while (await server.app.storage.write(examineRetirements, undefined));
		},
		key: async (id = old.id) => (await game.details(id)).key,
		async details(id = old.id) {
			await server.app.usage.flush();
			return (await ask("GET", `${path}/${id}`)).json<KeyDetails>();
		},
		async retirement() {
			const { retirement } = await game.key();
			if (retirement === null) throw new Error("There is no retirement.");
			return retirement;
		},
		async waitsFor() {
			await game.examine();
			const { waitingFor } = await game.retirement();
			return waitingFor.map(({ code, placeVersion }) => (placeVersion === null ? code : `${code} ${placeVersion}`));
		},
		async isRevoked() {
			await game.examine();
			return (await game.key()).state === "revoked";
		},
	};
	return game;
}
