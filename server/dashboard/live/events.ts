import type { LiveEvents } from "../../../shared/wire.ts";
import { ChangedSchema, OverSchema, UsedSchema } from "../../live/live.schema.ts";
import { check } from "../api/check.ts";

const SCHEMAS = { changed: ChangedSchema, used: UsedSchema, over: OverSchema };

export type StreamEvent = LiveEvents[keyof typeof SCHEMAS];

/** Parses an event; undefined if this page is too old to understand it. */
export function readEvent(name: keyof typeof SCHEMAS, data: string): StreamEvent | undefined {
	try {
		return check(SCHEMAS[name], JSON.parse(data));
	} catch {
		return undefined;
	}
}
