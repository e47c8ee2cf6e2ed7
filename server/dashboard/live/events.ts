import type { LiveEvents } from "../../../shared/wire.ts";
import { ChangedSchema, OverSchema, UsedSchema } from "../../live/live.schema.ts";
import { check } from "../api/check.ts";

const SCHEMAS = { changed: ChangedSchema, used: UsedSchema, over: OverSchema };

/** Parses an event; undefined if this page is too old to understand it. */
export function readEvent(name: keyof LiveEvents, data: string): LiveEvents[keyof LiveEvents] | undefined {
	try {
		return check(SCHEMAS[name], JSON.parse(data));
	} catch {
		return undefined;
	}
}
