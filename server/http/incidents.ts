import type { FastifyInstance, FastifyRequest } from "fastify";

import type { Clock } from "../clock.ts";
import { clientAddress } from "./address.ts";
import { createLimit } from "./limits.ts";
import type { Peers } from "./peers.ts";

declare module "fastify" {
	interface FastifyInstance {
		incidents: Incidents;
	}
}

/** A request that was refused, or that could not be served. */
export interface Incident {
	level: "info" | "warn" | "error";
	message: string;
	/** From a small set. Incidents from one address with the same code, and route if given, are counted together. */
	code: string;
	route?: string;
	status?: number;
	/** Logged with its cause. */
	error?: unknown;
}

export interface Incidents {
	/** Logs the first incident of an address and code at once, and then once a minute how many more there were. */
	report(request: FastifyRequest, incident: Incident): void;
	/** Counts one more of an address and code, and true; false if it would be the first, which `report` logs. */
	again(address: string, code: string): boolean;
	/** Logs a served change, or counts it if the client has had many in this minute. */
	served(request: FastifyRequest, facts: { status: number; milliseconds: number }): void;
	/** Logs what has been counted but not logged yet. */
	close(): void;
}

const WINDOW_MS = 60_000;
/** Addresses and codes that are counted separately. If there are more, the others are counted by code alone. */
const MAX_SEPARATE = 2_000;
const OTHERS = "others";
/** Lines about served requests, per address and minute. */
const SERVED_LINES = 60;

interface Count {
	address: string;
	/** The last one. */
	incident: Incident;
	count: number;
	/** Monotonic milliseconds. */
	endsAt: number;
}

export interface IncidentsOptions {
	log: FastifyInstance["log"];
	clock: Clock;
	peers: Peers;
}

/** So that a flood of refused requests does not fill the disk, and does not hide everything else in the log. */
export function createIncidents({ log, clock, peers }: IncidentsOptions): Incidents {
	/** In the order in which their minutes end. */
	const counts = new Map<string, Count>();
	let timer: NodeJS.Timeout | undefined;
	const servedLines = createLimit({
		name: "served lines",
		peers,
		max: SERVED_LINES,
		windowSeconds: WINDOW_MS / 1000,
		clock,
		scale: 1,
	});

	const keyOf = (address: string, code: string, route = "") => `${code} ${route} ${address}`;

	/** True for the first one. */
	function begin(address: string, incident: Incident): boolean {
		const key = keyOf(address, incident.code, incident.route);
		const known = counts.get(key);
		if (known !== undefined) {
			known.count += 1;
			known.incident = incident;
			return false;
		}
		if (counts.size >= MAX_SEPARATE && address !== OTHERS) return begin(OTHERS, incident);
		counts.set(key, { address, incident, count: 0, endsAt: clock.monotonic() + WINDOW_MS });
		timer ??= setTimeout(sweep, WINDOW_MS).unref();
		return true;
	}

	function sweep(): void {
		const now = clock.monotonic();
		clearTimeout(timer);
		timer = undefined;
		for (const [key, found] of counts) {
			if (found.endsAt > now) {
				timer = setTimeout(sweep, found.endsAt - now).unref();
				return;
			}
			counts.delete(key);
			if (found.count === 0) continue;
			write(found);
			counts.set(key, { ...found, count: 0, endsAt: now + WINDOW_MS });
		}
	}

	function write({ address, incident: { level, message, code, route, status, error }, count }: Count): void {
		log[level]({ address, code, route, status, count, err: error }, message);
	}

	function report(request: FastifyRequest, incident: Incident): void {
		const [oldest] = counts.values();
		if (oldest !== undefined && oldest.endsAt <= clock.monotonic()) sweep();
		if (!begin(clientAddress(request), incident)) return;
		const { level, message, code, status, error } = incident;
		request.log[level]({ req: request, code, status, count: 1, err: error }, message);
	}

	function again(address: string, code: string): boolean {
		const known = counts.get(keyOf(address, code));
		if (known === undefined) return counts.size >= MAX_SEPARATE && address !== OTHERS && again(OTHERS, code);
		// Its minute is over, and that is to be logged.
		if (known.endsAt <= clock.monotonic()) return false;
		known.count += 1;
		return true;
	}

	return {
		report,
		again,
		served(request, { status, milliseconds }): void {
			const isCounted = servedLines.take(clientAddress(request)) !== undefined;
			if (isCounted) report(request, { level: "info", message: "many requests served", code: "served" });
			else request.log.info({ req: request, status, milliseconds }, "request served");
		},
		close(): void {
			clearTimeout(timer);
			for (const found of counts.values()) if (found.count > 0) write(found);
			counts.clear();
		},
	};
}
