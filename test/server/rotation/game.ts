import { randomUUID } from "node:crypto";

import { examineRetirements } from "../../../server/keys/retire/examine.store.ts";
import type { Key, KeyDetails, Retirement } from "../../../shared/wire.ts";
import { build, type BuildOptions, type Person, type TestServer } from "../helper.ts";

export const PLACE = 1818;
const HEARTBEAT_SECONDS = 60;

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
	server: TestServer;
	rin: Person;
	old: KeyInGame;
	next: KeyInGame;
	/** Starts a game server, which sends its first request. */
	open(key: KeyInGame, version: number, place?: number): Promise<GameServer>;
	/** It sends a request. Returns the status. */
	send(running: GameServer, headers?: Record<string, string>): Promise<number>;
	/** It says goodbye. */
	close(running: GameServer): Promise<void>;
	/** Time passes, and each of the servers that run is heard from once a minute. */
	pass(minutes: number, ...running: GameServer[]): Promise<void>;
	/** Begins the retirement of the old key. */
	retire(): Promise<Key>;
	/** The janitor looks at retirements. */
	examine(): Promise<void>;
	key(id?: string): Promise<Key>;
	details(id?: string): Promise<KeyDetails>;
	retirement(): Promise<Retirement>;
	/** What the retirement waits for, after the janitor has looked: codes, with their version where they have one. */
	waitsFor(): Promise<string[]>;
	isRevoked(): Promise<boolean>;
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
	const server = await build(options);
	const rin = await server.signUp();
	const path = `/api/workspaces/${rin.workspaceId}/keys`;
	const old = await rin.createKey("Production");
	const created = await rin.request("POST", path, { label: "Production 2", replaces: old.id });
	const { key: newKey, secret } = created.json<{ key: Key; secret: string }>();
	const next = { id: newKey.id, secret };

	const send: Game["send"] = async (running, headers = {}) =>
		(await server.whoami(running.key.secret, { ...gameHeaders(running), ...headers })).statusCode;

	const game: Game = {
		server,
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
			}
		},
		async retire() {
			const answer = await rin.request("POST", `${path}/${old.id}/retire`, { replacedBy: next.id });
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
			return (await rin.request("GET", `${path}/${id}`)).json<KeyDetails>();
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
