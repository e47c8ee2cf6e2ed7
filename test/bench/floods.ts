import { spawn } from "node:child_process";
import os from "node:os";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { signUpAt } from "../server/person.ts";
import { openConnection } from "./connection.ts";
import type { Contestant } from "./contestants.ts";
import type { Answers, Flood } from "./flooder.ts";
import { median, share } from "./load.ts";
import { insertKeys } from "./many-keys.ts";
import { anonymous, asGame, list } from "./requests.ts";

const CONNECTIONS = 300;
const ACCOUNTS = 10;
const KEYS_EACH = 5_000;
/** A moderate load, on schedule whether or not earlier requests have been answered. */
const GAME_REQUESTS_PER_SECOND = 200;
const GAME_CONNECTIONS = 8;
const PAGE_EVERY_MS = 200;
/** As Unix counts it. */
const LESS_URGENT = 10;
/** Before measuring: connecting takes a moment. */
const FLOOD_LEADS_MS = 500;

/** Times in milliseconds. */
interface Waits {
	whoami: number[];
	page: number[];
	answers: Answers;
}

/** Measures how long games, and the page of another account, wait while one client asks for as much as it can. */
export async function compareFloods(
	contestants: Contestant[],
	{ rounds, seconds }: { rounds: number; seconds: number },
): Promise<void> {
	const scenes = await Promise.all(contestants.map(scenesOf));
	const names = Object.keys(scenes[0]?.floods ?? {});
	const waits = contestants.map(() => new Map<string, Waits[]>(names.map((name) => [name, []])));
	for (let round = 0; round < rounds; round++) {
		for (const name of names) {
			for (const [place, contestant] of contestants.entries()) {
				const { floods, bystander } = scenes[place] as Scenes;
				waits[place]?.get(name)?.push(await measureOne(contestant, bystander, floods[name], seconds));
			}
		}
		console.error(`Floods: round ${round + 1} of ${rounds}`);
	}
	console.log(`\nFloods of ${CONNECTIONS} connections; medians of ${rounds} alternating rounds of ${seconds} s:\n`);
	for (const [place, { name: contestant }] of contestants.entries()) {
		for (const [name, found] of waits[place] ?? []) {
			const of = (pick: (waits: Waits) => number): string => median(found.map(pick)).toFixed(1).padStart(7);
			const answers: Answers = {};
			for (const each of found) {
				for (const [status, count] of Object.entries(each.answers)) {
					answers[Number(status)] = (answers[Number(status)] ?? 0) + count;
				}
			}
			const total = Object.entries(answers).map(([status, count]) => `${status}: ${count}`);
			console.log(
				`${contestant.padEnd(9)} ${name.padEnd(24)} whoami p50 ${of(({ whoami }) => share(whoami, 0.5))} p99 ${of(({ whoami }) => share(whoami, 0.99))} ms   another's page p50 ${of(({ page }) => share(page, 0.5))} worst ${of(({ page }) => share(page, 1))} ms   ${total.join(", ")}`.trimEnd(),
			);
		}
	}
}

interface Scenes {
	floods: Record<string, string[]>;
	bystander: string;
}

async function scenesOf(contestant: Contestant): Promise<Scenes> {
	const { server, databasePath } = contestant;
	const others = [];
	for (let index = 0; index < ACCOUNTS; index++) {
		const person = await signUpAt(server.url, `Jo${index}`);
		insertKeys(databasePath, person.workspaceId, KEYS_EACH);
		others.push({ ...contestant, rin: person });
	}
	const [bystander, ...rest] = others as [Contestant, ...Contestant[]];
	return {
		bystander: list(bystander, 50),
		floods: {
			nothing: [],
			"keys, one account": [list(contestant, 200)],
			"keys, ten accounts": [contestant, ...rest].map((each) => list(each, 200)),
			"pairing, no session": [anonymous("/api/pairings/BCDF-GHJK")],
			"/docs": [anonymous("/docs")],
			"/openapi.json": [anonymous("/openapi.json")],
			"/": [anonymous("/")],
			metadata: [anonymous("/.well-known/oauth-authorization-server")],
			"unknown URLs": [anonymous("/nothing/here")],
			"the plugin": [anonymous("/plugin/Auxvyn.rbxmx")],
		},
	};
}

async function measureOne(
	{ server, secret }: Contestant,
	bystander: string,
	requests: string[] = [],
	seconds: number,
): Promise<Waits> {
	const load = { port: server.port, connections: CONNECTIONS, seconds: seconds + FLOOD_LEADS_MS / 1000 };
	const flood = requests.length > 0 ? runFlood({ ...load, requests }) : Promise.resolve({});
	await sleep(FLOOD_LEADS_MS);
	const [whoami, page] = await Promise.all([
		measureSteadily(server.port, asGame(secret), seconds),
		measurePages(server.port, bystander, seconds),
	]);
	const answers = await flood;
	await sleep(FLOOD_LEADS_MS);
	return { whoami, page, answers };
}

/** Resolves once it has ended. */
export async function runFlood(flood: Flood): Promise<Answers> {
	const file = fileURLToPath(new URL("flooder.ts", import.meta.url));
	const child = spawn(process.execPath, [file, JSON.stringify(flood)], { stdio: ["ignore", "pipe", "inherit"] });
	// A real flood does not take the processor from who measures it, and from the server's other threads.
	os.setPriority(child.pid ?? 0, Math.min(os.getPriority() + LESS_URGENT, os.constants.priority.PRIORITY_LOW));
	return JSON.parse(await text(child.stdout)) as Answers;
}

/** Sends each request when it is due, and counts from then on: a late answer delays no later request's clock. */
export async function measureSteadily(
	port: number,
	request: string | (() => string),
	seconds: number,
	perSecond = GAME_REQUESTS_PER_SECOND,
): Promise<number[]> {
	const begin = performance.now();
	const every = (1000 * GAME_CONNECTIONS) / perSecond;
	const one = async (index: number): Promise<number[]> => {
		const { ask, close } = await openConnection(port);
		const waits: number[] = [];
		for (let due = begin + (index * every) / GAME_CONNECTIONS; due < begin + seconds * 1000; due += every) {
			const early = due - performance.now();
			if (early > 0) await sleep(early);
			const sent = early > 0 ? performance.now() : due;
			await ask(typeof request === "string" ? request : request());
			waits.push(performance.now() - sent);
		}
		close();
		return waits;
	};
	const all = await Promise.all(Array.from({ length: GAME_CONNECTIONS }, (_, index) => one(index)));
	return all.flat().sort((a, b) => a - b);
}

async function measurePages(port: number, request: string, seconds: number): Promise<number[]> {
	const waits: number[] = [];
	const { ask, close } = await openConnection(port);
	const endsAt = performance.now() + seconds * 1000;
	while (performance.now() < endsAt) {
		const sent = performance.now();
		const status = await ask(request);
		if (status !== 200) throw new Error(`Another account's page: ${status}`);
		waits.push(performance.now() - sent);
		await sleep(PAGE_EVERY_MS);
	}
	close();
	return waits.sort((a, b) => a - b);
}
