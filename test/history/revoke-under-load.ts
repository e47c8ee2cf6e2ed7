import { setTimeout as sleep } from "node:timers/promises";

import type { CreatedKey, People, Workspace } from "../../shared/wire.ts";
import { pick } from "../guards/random.ts";
import { type RemotePerson, signUpAt } from "../server/person.ts";
import { Hammer, type HammeredKey, noTally, type Path, type Tally } from "./hammer.ts";

export interface RevokeOptions {
	/** Of servers on one database, or of the one port of several processes. */
	ports: readonly number[];
	/** Processes that are stopped for a moment now and then. */
	pids: readonly number[];
	/** How many keys are revoked, at least. */
	revocations: number;
	/** How many are alive at a time. */
	atOnce: number;
	/** To each port. Each of them has so many requests in flight. */
	connections: number;
	pipelined: number;
	random: () => number;
}

export interface Revoked extends Tally {
	/** By way. */
	revocations: Map<string, number>;
	stops: number;
}

const PATHS: readonly Path[] = ["whoami", "forward-auth"];
/** Keys that end together, with their workspace or with the person who created them. */
const TOGETHER = 5;
const LONGEST_STOP_MS = 150;
const LONGEST_LIFE_MS = 20;
const RETRY_MS = 50;

/**
 * Creates, renames and revokes keys, while clients use the very same keys on all processes as fast as they are answered.
 * Once a revocation is answered, each connection is sent the key once more, and one gets the rest of a request that it was
 * sent half of before.
 */
export async function revokeUnderLoad(options: RevokeOptions): Promise<Revoked> {
	const { ports, revocations, atOnce, connections, pipelined, random } = options;
	const tally = noTally();
	const open = (count: number) =>
		Promise.all(ports.flatMap((port) => Array.from({ length: count }, () => Hammer.open(port, tally))));
	const hammers = await open(connections);
	const at = (port = 0) => `http://localhost:${port}`;
	const people = await Promise.all([signUpAt(at(ports[0]), "Rin"), signUpAt(at(ports.at(-1)), "Jo")]);
	const alive: HammeredKey[] = [];
	const ways = new Map<string, number>();
	let [done, stops, isOver] = [0, 0, false];

	async function useAll(hammer: Hammer): Promise<void> {
		while (!isOver) {
			if (alive.length === 0) await sleep(5);
			else if ((await hammer.ask(pick(random, alive), pick(random, PATHS))) === undefined) return;
		}
	}

	/** Ends the keys by `revoke`, which resolves when its answer arrives. */
	async function end(way: string, keys: HammeredKey[], revoke: () => Promise<Response>) {
		const halves = await open(1);
		const sendRest = halves.map((half) => half.begin(pick(random, keys), pick(random, PATHS), random()));
		for (const key of keys) key.isEnding = true;
		await ok(revoke);
		for (const key of keys) key.isRevoked = true;
		await Promise.all([
			...sendRest.map((send) => send()),
			...keys.flatMap((key) => hammers.flatMap((hammer) => PATHS.map((path) => hammer.ask(key, path)))),
		]);
		for (const half of halves) half.drop();
		for (const key of keys) alive.splice(alive.indexOf(key), 1);
		ways.set(way, (ways.get(way) ?? 0) + keys.length);
		done += keys.length;
	}

	/** @param index of this life among those at once */
	async function live(index: number): Promise<void> {
		const [rin, jo] = index % 2 === 0 ? people : people.toReversed();
		if (rin === undefined || jo === undefined) throw new TypeError("There are no people.");
		const create = async (person: RemotePerson, workspaceId: string) => {
			const url = `/api/workspaces/${workspaceId}/keys`;
			const created = await ok(() => person.request("POST", url, { label: "Lobby 0" }));
			const { key, secret } = (await created.json()) as CreatedKey;
			const hammered: HammeredKey = { secret, workspaceId, renamed: 0, isEnding: false, isRevoked: false };
			alive.push(hammered);
			return { hammered, url: `${url}/${key.id}` };
		};
		const liveAlone = async (round: number) => {
			const { hammered, url } = await create(rin, rin.workspaceId);
			if (round % 2 === 0) {
				await ok(() => rin.request("PATCH", url, { label: "Lobby 1" }));
				hammered.renamed = 1;
			}
			await sleep(random() * LONGEST_LIFE_MS);
			if (round % 3 > 0) await end("in the dashboard", [hammered], () => rin.request("DELETE", url));
			else await end("by their holder", [hammered], () => revokeByHolder(pick(random, ports), hammered));
		};
		const liveTogether = async (isTheirs: boolean) => {
			const { workspace, member } = await workspaceWith(rin, jo);
			const path = `/api/workspaces/${workspace.id}`;
			const keys: HammeredKey[] = [];
			while (keys.length < TOGETHER) keys.push((await create(isTheirs ? jo : rin, workspace.id)).hammered);
			const drop = () => rin.request("DELETE", path, { name: workspace.name });
			if (isTheirs) await end("with their creator", keys, () => rin.request("DELETE", member));
			else await end("with their workspace", keys, drop);
			if (isTheirs) await ok(drop);
		};
		for (let round = index; done < revocations; round += 1)
			await (round % 10 > 0 ? liveAlone(round) : liveTogether(random() < 0.5));
	}

	/** Also one that may hold the database's lock: until it goes on, the others wait. */
	async function stopNowAndThen(): Promise<void> {
		for (let next = done + 5; !isOver;) {
			await sleep(5);
			if (done < next) continue;
			const pid = pick(random, options.pids);
			process.kill(pid, "SIGSTOP");
			await sleep(random() * LONGEST_STOP_MS);
			process.kill(pid, "SIGCONT");
			stops += 1;
			next = done + 10 + random() * 40;
		}
	}

	const hammering = hammers.flatMap((hammer) => Array.from({ length: pipelined }, () => useAll(hammer)));
	const stopping = stopNowAndThen();
	await Promise.all(Array.from({ length: atOnce }, (_, index) => live(index))).finally(() => (isOver = true));
	await Promise.all([stopping, ...hammering]);
	for (const hammer of hammers) hammer.close();
	return { ...tally, revocations: ways, stops };
}

/** Asks again while the database is away, or another process holds it. */
async function ok(ask: () => Promise<Response>): Promise<Response> {
	for (let attempt = 0; ; attempt += 1) {
		const answer = await ask();
		// What is not there any more was done by an attempt whose answer was lost.
		if (answer.ok || (attempt > 0 && answer.status === 404)) return answer;
		if (answer.status !== 503) throw new Error(`${answer.url} answered ${answer.status}: ${await answer.text()}`);
		await sleep(RETRY_MS);
	}
}

function revokeByHolder(port: number, { secret }: HammeredKey): Promise<Response> {
	const body = new URLSearchParams({ token: secret });
	return fetch(`http://localhost:${port}/oauth/revoke`, { method: "POST", body });
}

/** A new workspace of two people, and the address that removes the second one with their keys. */
async function workspaceWith(owner: RemotePerson, other: RemotePerson) {
	const created = await ok(() => owner.request("POST", "/api/workspaces", { name: "Lobby" }));
	const { workspace } = (await created.json()) as { workspace: Workspace };
	const path = `/api/workspaces/${workspace.id}`;
	const invited = await ok(() => owner.request("POST", `${path}/invitations`, { role: "admin" }));
	const token = new URL(((await invited.json()) as { link: string }).link).hash.slice(1);
	await ok(() => other.request("POST", "/api/invitations/accept", { token }));
	const { people } = (await (await ok(() => owner.request("GET", `${path}/people`))).json()) as People;
	const member = people.find(({ role }) => role === "admin");
	return { workspace, member: `${path}/people/${member?.id}?keys=revoke` };
}
