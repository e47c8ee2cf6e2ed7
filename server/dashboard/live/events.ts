import type { KeyUse, LiveTopic } from "../../../shared/wire.ts";
import { type Check, count, list, oneOf, orNull, record, text, time } from "../api/check.ts";

const topic: Check<LiveTopic> = oneOf("keys", "pairings", "people", "workspace", "activity");

const keyUseShape = record<KeyUse>({
	id: text,
	lastUsedAt: orNull(time),
	firstServerAt: orNull(time),
	lastServerAt: orNull(time),
	requests24h: count,
	requests1h: count,
	hourly: list(count),
	lastRefusedAt: orNull(time),
});

export interface LiveEvents {
	changed: { topics: LiveTopic[] };
	used: { keys: KeyUse[] };
	over: { reason: "session" | "membership" };
}

const SHAPES: { [Name in keyof LiveEvents]: Check<LiveEvents[Name]> } = {
	changed: record({ topics: list(topic) }),
	used: record({ keys: list(keyUseShape) }),
	over: record({ reason: oneOf("session", "membership") }),
};

/** Parses an event; undefined if this page is too old to understand it. */
export function readEvent<Name extends keyof LiveEvents>(name: Name, data: string): LiveEvents[Name] | undefined {
	try {
		return SHAPES[name](JSON.parse(data));
	} catch {
		return undefined;
	}
}
