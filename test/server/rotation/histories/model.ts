import type { RetirementState } from "../../../../shared/wire.ts";
import { type ModelOfBackends, STRETCH_MS } from "./model-backends.ts";

const LIVE_MS = 180_000;
const DAY_MS = 24 * 3_600_000;
const REMEMBERED_MS = 14 * DAY_MS;
const OLDEST_MS = 7 * DAY_MS;
const STRETCHES = 6;
/** As far as counting reaches back before the retirement. */
const HOUR_STRETCHES = 12;
const PLACES = 200;

export interface ModelServer {
	jobId: string;
	place: number;
	version: number;
	/** In seconds; null: none was promised. */
	heartbeat: number | null;
}

export interface ModelUse {
	key: string;
	at: number;
	backend: string;
	/** Null: no game server. */
	server: ModelServer | null;
	isGoodbye: boolean;
	/** Written. */
	isCommitted: boolean;
}

interface Retirement {
	by: string;
	since: number;
	state: RetirementState;
	/** Stretches of silence that an examination has counted. */
	counted: Set<number>;
	/** Those before were counted, or will not be. */
	from: number;
}

const stretchOf = (at: number): number => Math.floor(at / STRETCH_MS);
const never = (): number => Number.NEGATIVE_INFINITY;
const latest = (times: readonly number[]): number => Math.max(never(), ...times);

/** The rule by which a retired key is revoked, said again slowly: from the list of all requests. For one key. */
export function createModel(key: string, backends: ModelOfBackends) {
	const uses: ModelUse[] = [];
	const replacements: { old: string; next: string }[] = [];
	const revoked = new Set<string>();
	let retirement: Retirement | null = null;

	const committed = () => uses.filter(({ isCommitted }) => isCommitted);
	const gameUses = (of: string) => committed().filter((use) => use.key === of && !use.isGoodbye);
	const recent = (now: number, found: readonly ModelUse[]) => found.filter(({ at }) => at > now - REMEMBERED_MS);

	/** The key that replaces it, those that replaced that one in turn, and so on. */
	function line(): string[] {
		const found = retirement === null ? [] : [retirement.by];
		for (const each of found)
			for (const { old, next } of replacements)
				if (old === each && next !== key && !found.includes(next)) found.push(next);
		return found;
	}

	/** Its servers that are alive. */
	function liveServers(now: number): ModelServer[] {
		const jobIds = new Set(gameUses(key).flatMap(({ server }) => server?.jobId ?? []));
		return [...jobIds].flatMap((jobId) => {
			const own = committed().filter((use) => use.key === key && use.server?.jobId === jobId);
			const last = own.filter(({ isGoodbye }) => !isGoodbye).at(-1);
			const lastAt = latest(own.filter(({ isGoodbye }) => !isGoodbye).map(({ at }) => at));
			const goodbyeAt = latest(own.filter(({ isGoodbye }) => isGoodbye).map(({ at }) => at));
			return lastAt > now - LIVE_MS && goodbyeAt < lastAt && last?.server ? [last.server] : [];
		});
	}

	function greatestVersion(ofKeys: readonly string[], place: number): number {
		const versions = ofKeys.flatMap((of) => gameUses(of).filter(({ server }) => server?.place === place));
		return latest(versions.map(({ server }) => server?.version ?? never()));
	}

	/** The stretches of silence up to now. */
	function silence(): Set<number> {
		const counted = new Set(retirement?.counted);
		const lastUse = latest(gameUses(key).map(({ at }) => at));
		const usedIn = new Set(
			line().flatMap((of) => gameUses(of).flatMap(({ at, server }) => (server === null ? [] : stretchOf(at)))),
		);
		for (const stretch of usedIn) {
			const isCommitted = (stretch + 1) * STRETCH_MS <= backends.committedTo();
			const isSound = backends.isHeard(stretch);
			const isInTime = stretch >= (retirement?.from ?? 0);
			if (isCommitted && isSound && isInTime) counted.add(stretch);
		}
		return new Set([...counted].filter((stretch) => stretch > stretchOf(lastUse)));
	}

	/** Codes, with their place and version. */
	function waitsFor(now: number): string[] {
		const waiting = new Set<string>();
		const own = recent(now, gameUses(key));
		const live = liveServers(now);
		for (const { place, version } of live) {
			const servers = live.filter((each) => each.place === place && each.version === version);
			waiting.add(`in_use ${place} ${version}: ${servers.length}`);
		}
		const places = new Set(own.flatMap(({ server }) => server?.place ?? []));
		const active = line().filter((each) => !revoked.has(each));
		for (const place of places) {
			const [before, after] = [greatestVersion([key], place), greatestVersion(active, place)];
			if (after === before) waiting.add(`same_version ${place} ${before}`);
			if (after < before) waiting.add(`no_newer_version ${place} ${before}`);
			const isPromised = ({ server }: ModelUse) =>
				server !== null && server.heartbeat !== null && server.heartbeat >= 1 && server.heartbeat <= 150;
			if (own.some((use) => use.server?.place === place && !isPromised(use)))
				waiting.add(`no_heartbeat ${place} ${before}`);
		}
		// Nothing replaces it any more.
		if (active.length === 0) waiting.add("no_newer_version null null");
		if (own.some(({ server }) => server === null)) waiting.add("no_server_headers null null");
		if (places.size > PLACES) waiting.add("too_many_places null null");
		if (live.length === 0 && silence().size < STRETCHES) waiting.add("silence null null");
		return [...waiting].toSorted();
	}

	/** Undefined: no server needs the key any more. */
	function judge(now: number): Exclude<RetirementState, "done"> | undefined {
		const codes = waitsFor(now).map((each) => each.split(" ")[0]);
		if (retirement !== null && now - retirement.since > OLDEST_MS) return "asking";
		if (codes.includes("too_many_places")) return "asking";
		if (codes.length === 0) return undefined;
		return codes.every((code) => code === "no_newer_version") ? "asking" : "waiting";
	}

	return {
		/** A backend accepted a game's request, or a goodbye. */
		used(given: Omit<ModelUse, "isCommitted">): ModelUse {
			const use = { ...given, isCommitted: false };
			uses.push(use);
			return use;
		},
		/** A backend wrote what it had counted. */
		flushed(backend: string): void {
			const written = uses.filter((use) => use.backend === backend && !use.isCommitted);
			const lastKnown = latest(gameUses(key).map(({ at }) => at));
			for (const use of written) use.isCommitted = true;
			const isNews = latest(gameUses(key).map(({ at }) => at)) > lastKnown;
			// A use begins anew whatever was counted, also one that became known late.
			if (isNews && retirement !== null) retirement.counted = new Set();
			forgetVainGoodbyes();
		},
		/** A backend crashed. What it had not written is lost. */
		killed(backend: string): void {
			for (const use of [...uses]) if (use.backend === backend && !use.isCommitted) uses.splice(uses.indexOf(use), 1);
		},
		replaced: (old: string, next: string): void => void replacements.push({ old, next }),
		revoked: (of: string): void => void revoked.add(of),
		retired(by: string, now: number): void {
			if (retirement?.state === "waiting" && retirement.by === by) return;
			const from = stretchOf(backends.committedTo()) - HOUR_STRETCHES;
			retirement = { by, since: now, state: "waiting", counted: new Set(), from };
			retirement.counted = silence();
			retirement.state = judge(now) ?? "waiting";
		},
		cancelled: (): void => void (retirement = null),
		/** The janitor looked at the retirement, and did not revoke the key. */
		examined(now: number): void {
			if (retirement === null) return;
			retirement.counted = silence();
			retirement.from = Math.max(retirement.from, stretchOf(backends.committedTo()));
			retirement.state = judge(now) ?? "waiting";
		},
		letsGo: (now: number): boolean => retirement !== null && judge(now) === undefined,
		waitsFor,
		/** As it was judged last. */
		state: (): RetirementState | undefined => retirement?.state,
	};

	/** A goodbye of a server that nobody knows yet says nothing. */
	function forgetVainGoodbyes(): void {
		for (const goodbye of committed().filter(({ isGoodbye }) => isGoodbye)) {
			const isKnown = gameUses(goodbye.key).some(({ server }) => server?.jobId === goodbye.server?.jobId);
			if (!isKnown) uses.splice(uses.indexOf(goodbye), 1);
		}
	}
}

export type Model = ReturnType<typeof createModel>;
