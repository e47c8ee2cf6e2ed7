import path from "node:path";

import { tempDir } from "../server/temp-dir.ts";
import { type PlaceDescription, writePlace } from "../studio/place-file.ts";
import type { Loop, OpenLoop } from "./helper.ts";

export const PUBLIC = "https://keys.moonlit.example";

export interface GameOptions {
	/** Whether HTTP requests are allowed. Default: true. */
	http?: boolean;
	/** The server has a loopback address. */
	loopback?: boolean;
	/** The code is in an Actor. */
	actor?: boolean;
	/** The backend's PostgreSQL database. */
	databaseUrl?: string;
}

/** A connected place with game code, which has the runtime as `Client`. */
export async function openGame(openLoop: OpenLoop, code = "", options: GameOptions = {}): Promise<Loop> {
	const source = `local Client = require(game.ServerScriptService:WaitForChild("Auxvyn"):WaitForChild("Client"))\n${code}`;
	const script: PlaceDescription = { class: "Script", name: "Game", source };
	const game = options.actor === true ? { class: "Actor", name: "Actor", children: [script] } : script;
	const place = await writePlace(path.join(await tempDir(), "game.rbxl"), [
		{ class: "ServerScriptService", children: code === "" ? [] : [game] },
		{ class: "HttpService", properties: { HttpEnabled: options.http ?? true } },
	]);
	const { databaseUrl } = options;
	const loop = await openLoop({
		place,
		...(options.loopback !== true && { publicName: PUBLIC }),
		...(databaseUrl !== undefined && { databaseUrl }),
	});
	await loop.connect();
	return loop;
}
