import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from "fastify";

import { tooManyRequests } from "../errors/problem-error.ts";
import { StorageError } from "../errors/storage-error.ts";
import { clientAddress } from "./address.ts";
import { widerNetworksOf } from "./networks.ts";
import { createPlaces } from "./places.ts";

/** How many requests of one account, and from one address, are worked on at once. The others wait. */
const ACCOUNT_WORKS_ON = 4;
const ADDRESS_WORKS_ON = 16;
/** An IPv4 /24 or an IPv6 /48: otherwise its many addresses would keep others waiting for the reader. */
const NETWORK_WORKS_ON = 32;
/** Requests without their whole response: worked on, waiting, or read slowly. Twenty open pages need fewer. */
const ACCOUNT_HOLDS = 64;
const ADDRESS_HOLDS = 512;
/** So many an account may have in any case, until its address holds twice as much as it should. */
const ACCOUNT_ALWAYS_HOLDS = 8;
const RETRY_AFTER_SECONDS = 1;

const SESSION_ROUTES = "/api/";

export interface WorkLimitOptions {
	/** The id of the signed-in account, if any. */
	accountIdOf: (request: FastifyRequest) => Promise<string | undefined>;
}

interface Work {
	/** Gives its places to others. What it holds is given back when the connection has taken the whole response. */
	done: () => void;
	/** Gives back everything. */
	end: () => void;
}

declare module "fastify" {
	interface FastifyRequest {
		/** Null before it begins. A property, because entries of a WeakMap would survive many small garbage collections. */
		work: Work | null;
	}
}

/**
 * Bounds, per account and per address, the work that routes for sessions have in flight, whatever RATE_LIMIT_SCALE is.
 * Begins once the body has arrived: waiting for a slow client is no work. Applies to routes declared afterwards, except
 * those that always have room.
 */
export function limitWork(app: FastifyInstance, { accountIdOf }: WorkLimitOptions): void {
	const accounts = createPlaces(ACCOUNT_WORKS_ON);
	const addresses = createPlaces(ADDRESS_WORKS_ON);
	const networks = createPlaces(NETWORK_WORKS_ON);
	const held = createCounts();
	app.decorateRequest("work", null);

	async function begin(request: FastifyRequest, { raw }: FastifyReply): Promise<void> {
		const address = clientAddress(request);
		const account = (await accountIdOf(request)) ?? `nobody at ${address}`;
		if (raw.destroyed) throw abandoned();
		if (held.of(account) >= roomFor(held.of(address))) {
			throw tooManyRequests(
				RETRY_AFTER_SECONDS,
				"Too many of your requests are being worked on. Try again in a moment.",
			);
		}
		const leave: (() => void)[] = [];
		const done = (): void => {
			for (const each of leave.splice(0)) each();
		};
		const giveBack = [held.add(account), held.add(address)];
		const end = (): void => {
			done();
			for (const each of giveBack.splice(0)) each();
		};
		request.work = { done, end };
		await new Promise<void>((start, drop) => {
			let isWaiting = true;
			raw.once("close", () => {
				for (const each of giveBack.splice(0)) each();
				// The response to that, which nobody gets, gives up the place in line.
				if (isWaiting) drop(abandoned());
			});
			const proceed = (): void => {
				isWaiting = false;
				start();
			};
			const enterNetwork = (): void => {
				leave.push(networks.enter(widerNetworksOf(address).widest, address, proceed));
			};
			const enterAddress = (): void => {
				leave.push(addresses.enter(address, account, enterNetwork));
			};
			leave.push(accounts.enter(account, "", enterAddress));
		});
	}

	app.addHook("onRoute", (route: RouteOptions) => {
		if (!route.url.startsWith(SESSION_ROUTES) || route.config?.alwaysHasRoom === true) return;
		route.preValidation = [begin, ...[route.preValidation ?? []].flat()];
		const onSend = async ({ work }: FastifyRequest): Promise<void> => work?.done();
		route.onSend = [...[route.onSend ?? []].flat(), onSend];
	});
}

/** How many requests an account may have: the more its address has, the fewer. */
function roomFor(heldByAddress: number): number {
	if (heldByAddress >= 2 * ADDRESS_HOLDS) return 0;
	return Math.max(ACCOUNT_ALWAYS_HOLDS, Math.min(ACCOUNT_HOLDS, ADDRESS_HOLDS - heldByAddress));
}

/** From here on the response is a stream, which has limits of its own. */
export function becomesStream({ work }: FastifyRequest): void {
	work?.end();
}

function createCounts() {
	const counts = new Map<string, number>();
	return {
		of: (key: string): number => counts.get(key) ?? 0,
		/** Returns a function that takes it back. */
		add(key: string): () => void {
			counts.set(key, (counts.get(key) ?? 0) + 1);
			return () => {
				const left = (counts.get(key) ?? 1) - 1;
				if (left === 0) counts.delete(key);
				else counts.set(key, left);
			};
		},
	};
}

function abandoned(): StorageError {
	return new StorageError("abandoned", "The client disconnected before its turn.");
}
