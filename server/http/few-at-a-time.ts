import type { IncomingMessage, ServerResponse } from "node:http";

import type { RequestListener } from "./in-front.ts";

/** Handing one over takes about a tenth of a millisecond. */
const PER_TURN = 16;

/**
 * Hands over requests that arrive together a few at a time: between them, games are served. Fastify's hooks could not do
 * that, since reaching them is a good part of the work.
 */
export function fewAtATime(route: RequestListener): RequestListener {
	const waiting: [IncomingMessage, ServerResponse][] = [];
	let room = PER_TURN;
	let isDue = false;

	function nextTurn(): void {
		isDue = false;
		room = PER_TURN;
		for (const [request, response] of waiting.splice(0, PER_TURN)) hand(request, response);
		if (waiting.length > 0) plan();
	}

	function plan(): void {
		if (!isDue) setImmediate(nextTurn);
		isDue = true;
	}

	function hand(request: IncomingMessage, response: ServerResponse): void {
		room -= 1;
		route(request, response);
	}

	return (request, response) => {
		plan();
		if (room > 0 && waiting.length === 0) hand(request, response);
		else waiting.push([request, response]);
	};
}
