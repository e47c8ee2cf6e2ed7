import type { RetirementState } from "../../../../shared/wire.ts";
import { type ModelOfBackends, STRETCH_MS } from "./model-backends.ts";

const LIVE_MS = 180_000;
const DAY_MS = 24 * 3_600_000;
const REMEMBERED_MS = 14 * DAY_MS;
const OLDEST_MS = 7 * DAY_MS;
const STRETCHES = 6;
/** As far as counting reaches back before the retirement. */
const HOUR_STRETCHES = 12;
/** What was not counted within twelve hours is not counted any more. */
const LATE_STRETCHES = 144;
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
	/** Null: no game server. */
	server: ModelServer | null;
	isGoodbye: boolean;
	/** Its backend wrote it. */
	isWritten: boolean;
}

interface Retirement {
	by: string;
	since: number;
	/** As it was judged last. */
	state: Exclude<RetirementState, "done">;
	/** Stretches of silence that were counted. */
	counted: Set<number>;
	/** Those before were counted, or will not be. */
	from: number;
}

export interface Verdict {
	now: number;
	/** Codes, with their place and version. */
	waitsFor: string[];
	/** `done`: no server needs the key any more. */
	state: RetirementState;
}

const stretchOf = (at: number): number => Math.floor(at / STRETCH_MS);
const latest = (times: readonly number[]): number => times.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);

/** The rule by which a retired key is revoked, said again slowly: from a list of all requests. For one key. */
export function createModel(key: string, backends: ModelOfBackends) {
	/** Counted by backends, and not written yet. */
	const counted = new Map<string, ModelUse[]>();
	/** The game's, by key, and goodbyes to the key. */
	const uses = new Map<string, ModelUse[]>();
	const goodbyes: ModelUse[] = [];
	const replacements: { old: string; next: string }[] = [];
	const revoked = new Set<string>();
	let retirement: Retirement | null = null;

	const usesOf = (of: string): readonly ModelUse[] => uses.get(of) ?? [];

	/** The key that replaces it, those that replaced that one in turn, and so on. */
	function line(): string[] {
		const found = retirement === null ? [] : [retirement.by];
		for (const each of found) {
			for (const { old, next } of replacements)
				if (old === each && next !== key && !found.includes(next)) found.push(next);
		}
		return found;
	}

	/** Its servers that are alive. */
	function liveServers(now: number): ModelServer[] {
		const last = new Map<string, ModelUse>();
		for (const use of usesOf(key)) {
			const known = use.server && last.get(use.server.jobId);
			if (use.server && (known?.at ?? 0) <= use.at) last.set(use.server.jobId, use);
		}
		return [...last].flatMap(([jobId, { at, server }]) => {
			const saidGoodbye = goodbyes.some((goodbye) => goodbye.server?.jobId === jobId && goodbye.at >= at);
			return at > now - LIVE_MS && !saidGoodbye && server !== null ? [server] : [];
		});
	}

	/** The greatest version of each place that used one of these keys. */
	function greatestVersions(keys: readonly string[]): Map<number, number> {
		const versions = new Map<number, number>();
		for (const { server } of keys.flatMap(usesOf))
			if (server !== null) versions.set(server.place, Math.max(server.version, versions.get(server.place) ?? -1));
		return versions;
	}

	/** The stretches of silence up to now. */
	function silence(): Set<number> {
		const silent = new Set(retirement?.counted);
		for (const { at, server } of line().flatMap(usesOf)) {
			const stretch = stretchOf(at);
			const isWritten = (stretch + 1) * STRETCH_MS <= backends.committedTo();
			const isSound = backends.isHeard(stretch);
			const isInTime = stretch >= Math.max(retirement?.from ?? 0, stretchOf(backends.committedTo()) - LATE_STRETCHES);
			if (server !== null && isWritten && isSound && isInTime) silent.add(stretch);
		}
		const lastUse = latest(usesOf(key).map(({ at }) => at));
		return new Set([...silent].filter((stretch) => stretch > stretchOf(lastUse)));
	}

	function waitsFor(now: number): string[] {
		const waiting = new Set<string>();
		const recent = usesOf(key).filter(({ at }) => at > now - REMEMBERED_MS);
		const live = liveServers(now);
		for (const { place, version } of live) {
			const servers = live.filter((each) => each.place === place && each.version === version);
			waiting.add(`in_use ${place} ${version}: ${servers.length}`);
		}
		const active = line().filter((each) => !revoked.has(each));
		const [oldVersions, newVersions] = [greatestVersions([key]), greatestVersions(active)];
		const places = new Set(recent.flatMap(({ server }) => server?.place ?? []));
		for (const place of places) {
			const [before, after] = [oldVersions.get(place) ?? -1, newVersions.get(place) ?? -1];
			if (after === before) waiting.add(`same_version ${place} ${before}`);
			if (after < before) waiting.add(`no_newer_version ${place} ${before}`);
		}
		for (const { server } of recent) {
			if (server === null) waiting.add("no_server_headers null null");
			else if (server.heartbeat === null || server.heartbeat < 1 || server.heartbeat > 150)
				waiting.add(`no_heartbeat ${server.place} ${oldVersions.get(server.place)}`);
		}
		// Nothing replaces it any more.
		if (active.length === 0) waiting.add("no_newer_version null null");
		if (places.size > PLACES) waiting.add("too_many_places null null");
		if (live.length === 0 && silence().size < STRETCHES) waiting.add("silence null null");
		return [...waiting].toSorted();
	}

	function judge(now: number): Verdict {
		const waiting = waitsFor(now);
		const codes = waiting.map((each) => each.split(" ")[0]);
		const isOld = retirement !== null && now - retirement.since > OLDEST_MS;
		const isStuck = codes.length > 0 && codes.every((code) => code === "no_newer_version");
		const asks = isOld || isStuck || codes.includes("too_many_places");
		const state = codes.length === 0 ? "done" : "waiting";
		return { now, waitsFor: waiting, state: asks ? "asking" : state };
	}

	return {
		/** A backend accepted a game's request, or a goodbye. */
		used(backend: string, given: Omit<ModelUse, "isWritten">): ModelUse {
			const use = { ...given, isWritten: false };
			counted.set(backend, [...(counted.get(backend) ?? []), use]);
			return use;
		},
		/** A backend wrote what it had counted. */
		flushed(backend: string): void {
			const lastKnown = latest(usesOf(key).map(({ at }) => at));
			const written = counted.get(backend) ?? [];
			counted.delete(backend);
			for (const use of written) {
				use.isWritten = true;
				if (!use.isGoodbye) uses.set(use.key, [...usesOf(use.key), use]);
			}
			for (const use of written) {
				// Of a server that nobody knows, it says nothing.
				const isKnown = usesOf(use.key).some(({ server }) => server?.jobId === use.server?.jobId);
				if (use.isGoodbye && isKnown) goodbyes.push(use);
			}
			// A use begins anew what was counted, also one that became known late.
			const isNews = latest(usesOf(key).map(({ at }) => at)) > lastKnown;
			if (isNews && retirement !== null) retirement.counted = new Set();
		},
		/** A backend crashed. What it had not written is lost. */
		killed: (backend: string): void => void counted.delete(backend),
		replaced: (old: string, next: string): void => void replacements.push({ old, next }),
		revoked: (of: string): void => void revoked.add(of),
		retired(by: string, now: number): void {
			if (retirement?.state === "waiting" && retirement.by === by) return;
			const from = stretchOf(backends.committedTo()) - HOUR_STRETCHES;
			retirement = { by, since: now, state: "waiting", counted: new Set(), from };
			this.examined(judge(now));
		},
		cancelled: (): void => void (retirement = null),
		judge,
		/** The janitor judged it, and did not revoke the key. */
		examined({ state }: Verdict): void {
			if (retirement === null) return;
			retirement.counted = silence();
			retirement.from = Math.max(retirement.from, stretchOf(backends.committedTo()));
			retirement.state = state === "done" ? "waiting" : state;
		},
		/** As it was judged last. */
		state: () => retirement?.state,
		/** It asks for being too old, which nothing changes but a person. */
		asksForGood: (now: number): boolean => retirement?.state === "asking" && now - retirement.since > OLDEST_MS,
	};
}

export type Model = ReturnType<typeof createModel>;
