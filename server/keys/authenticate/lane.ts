import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";

import { ROUTES } from "../../../shared/wire.ts";
import type { Clock } from "../../clock.ts";
import { StorageError } from "../../errors/storage-error.ts";
import { BoundedMap } from "../../http/bounded-map.ts";
import type { RequestListener } from "../../http/in-front.ts";
import type { Incidents } from "../../http/incidents.ts";
import type { Limit } from "../../http/limits.ts";
import type { Freshness } from "../../storage/storage.ts";
import { serverHeaders } from "../usage/game-server.ts";
import { isClosing, seriesOf } from "../usage/series.ts";
import type { UsageMeter } from "../usage/usage-meter.ts";
import { type Answer, forwardAuthAnswer, problemAnswer, whoamiAnswer } from "./answers.ts";
import { isAccepted, MALFORMED, MISSING, type Outcomes, type Refused, verdictOn } from "./authenticator.ts";
import { digestOf } from "./digest.ts";
import type { CachedKey, KeyCache } from "./key-cache.ts";
import { CONFLICT, presentedKey } from "./presented-key.ts";
import { refusal, tooManyGuesses } from "./refusal.ts";
import { isGoodKey } from "./require-key.ts";
import { isWellFormed } from "./well-formed.ts";
import { ANY_WORKSPACE } from "./workspaces.ts";

export interface LaneOptions {
	clock: Clock;
	freshness: Pick<Freshness, "afterCheck">;
	cache: KeyCache;
	usage: Pick<UsageMeter, "record" | "recordRefused">;
	failures: Limit;
	incidents: Pick<Incidents, "again">;
	outcomes: Outcomes;
	addressOf: (request: IncomingMessage) => string;
	/** Takes what the lane does not serve. */
	route: RequestListener;
	onError: (error: unknown) => void;
	/** Of what whoami answers besides the verdict. */
	maxAgeMs: number;
}

/** A request that the lane serves. */
interface Call {
	request: IncomingMessage;
	response: ServerResponse;
	isWhoami: boolean;
	/** The workspace whose keys pass, or `any`. */
	workspace: string;
	presented: string | undefined;
}

const FORWARD_AUTH = `${ROUTES.forwardAuth}?workspace=`;
const WORKSPACE = /^[\w-]+$/;
/** How long what whoami answers is kept, for keys that are used more often. */
const KEPT_MS = 1_000;
const MAX_REFUSALS = 1_000;
/** A fault would meet each request. */
const REPORT_EVERY_MS = 60_000;

/**
 * Serves whoami and forward-auth ahead of Fastify's router, which takes as long as all that is done here, and does what
 * their routes do. It serves only what is common: requests without a body, from games and proxies, and refusals that are
 * counted already. For everything else it calls `route`, before it has counted anything.
 */
export function createLane(options: LaneOptions): RequestListener {
	const { clock, freshness, cache, usage, failures, incidents, outcomes, addressOf, route, maxAgeMs, onError } =
		options;
	const refusals = new BoundedMap<Answer>(MAX_REFUSALS);
	let reportedAt = -Infinity;

	function serve(request: IncomingMessage, response: ServerResponse): void {
		const call = readCall(request, response);
		if (call === undefined) {
			route(request, response);
			return;
		}
		const digest = call.presented === undefined ? undefined : digestOf(call.presented);
		// All that arrived together are answered together, which saves clients and this process waking each other.
		freshness.afterCheck((failure) => {
			try {
				if (call.presented === undefined || digest === undefined) refuse(call, MISSING);
				else if (failure === undefined) decide(call, call.presented, digest);
				else route(request, response);
			} catch (error) {
				fail(call, error);
			}
		});
	}

	function decide(call: Call, presented: string, digest: string): void {
		const cached = cache.cached(digest, call.isWhoami ? maxAgeMs : Infinity);
		if (cached !== undefined) settle(call, cached);
		else if (!isWellFormed(presented)) refuse(call, MALFORMED);
		else find(call, digest);
	}

	function find(call: Call, digest: string): void {
		const found = cache.find(digest);
		if (!(found instanceof Promise)) settle(call, found);
		else found.then((key) => settle(call, key)).catch((error: unknown) => fail(call, error));
	}

	/** The router will meet a failure of the storage, too, and say so. */
	function fail({ request, response }: Call, error: unknown): void {
		if (!(error instanceof StorageError)) report(error);
		if (response.headersSent) response.destroy();
		else route(request, response);
	}

	function report(error: unknown): void {
		const now = clock.monotonic();
		if (now - reportedAt < REPORT_EVERY_MS) return;
		reportedAt = now;
		onError(error);
	}

	function settle(call: Call, key: CachedKey | undefined): void {
		const verdict = verdictOn(key, call.workspace);
		if (!isAccepted(verdict)) refuse(call, verdict);
		// Its first use.
		else if (!verdict.key.sealed) route(call.request, call.response);
		else accept(call, verdict.key);
	}

	function accept({ request, response, isWhoami }: Call, key: CachedKey): void {
		outcomes.accepted.value += 1;
		const answer = isWhoami ? whoami(key) : forwardAuthAnswer(key);
		const now = clock.now();
		if (usage.record(key.id, now, serverHeaders(request.headers))) key.lastServerAt = now;
		send(response, answer);
	}

	function whoami(key: CachedKey): Answer {
		const now = clock.monotonic();
		if (key.answer !== undefined && now < key.answer.until) return key.answer;
		const answer = whoamiAnswer(key);
		if (now - key.answeredAt < KEPT_MS) cache.keep(key, { ...answer, until: now + KEPT_MS });
		key.answeredAt = now;
		return answer;
	}

	function refuse(call: Call, refused: Refused): void {
		const { request, response, isWhoami } = call;
		const { code, revoked } = refused;
		const address = addressOf(request);
		const wait = isGoodKey(refused) ? undefined : failures.retryAfter(address);
		const isTooMany = wait !== undefined && isWhoami;
		// The router logs the first one.
		if (!incidents.again(address, isTooMany ? "too_many_requests" : code)) {
			route(request, response);
			return;
		}
		outcomes.refused[code].value += 1;
		if (revoked !== undefined) usage.recordRefused(revoked.id, clock.now());
		if (wait === undefined && !isGoodKey(refused)) failures.hit(address);
		send(response, isTooMany ? tooMany(wait) : refusalOf(refused));
	}

	/** An error takes longer than the rest of a refusal. */
	function refusalOf(refused: Refused): Answer {
		const { code, revoked } = refused;
		return kept(revoked === undefined ? code : `${code} ${revoked.id}`, () => problemAnswer(refusal(refused)));
	}

	const tooMany = (seconds: number) => kept(`429 ${seconds}`, () => problemAnswer(tooManyGuesses(seconds)));

	function kept(name: string, make: () => Answer): Answer {
		let answer = refusals.get(name);
		if (answer === undefined) refusals.set(name, (answer = make()));
		return answer;
	}

	return serve;
}

/** Undefined if the request is for the router. */
function readCall(request: IncomingMessage, response: ServerResponse): Call | undefined {
	const { method, url = "", headers } = request;
	const isWhoami = url === ROUTES.whoami;
	const workspace = isWhoami ? ANY_WORKSPACE : workspaceIn(url);
	if (workspace === undefined || method === "HEAD" || (isWhoami && method !== "GET")) return undefined;
	if (hasBody(headers) || isClosing(headers) || seriesOf(headers) !== "game") return undefined;
	const presented = presentedKey(request.rawHeaders);
	return presented === CONFLICT ? undefined : { request, response, isWhoami, workspace, presented };
}

function hasBody(headers: IncomingHttpHeaders): boolean {
	return headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined;
}

function workspaceIn(url: string): string | undefined {
	if (!url.startsWith(FORWARD_AUTH)) return undefined;
	const workspace = url.slice(FORWARD_AUTH.length);
	return WORKSPACE.test(workspace) ? workspace : undefined;
}

function send(response: ServerResponse, { status, head, body }: Answer): void {
	response.writeHead(status, head).end(body);
}
