import { Type } from "typebox";

import type { KeyUse, LiveEvents, LiveTopic } from "../../shared/wire.ts";
import { wireSchema } from "../http/wire-schema.ts";
import { KeySchema } from "../keys/manage/keys.schema.ts";

const TopicSchema = wireSchema<LiveTopic>()(
	Type.Union([
		Type.Literal("keys"),
		Type.Literal("pairings"),
		Type.Literal("people"),
		Type.Literal("workspace"),
		Type.Literal("backends"),
		Type.Literal("activity"),
	]),
);

const {
	id,
	lastUsedAt,
	firstServerAt,
	lastServerAt,
	requests24h,
	requests1h,
	hourly,
	studio,
	plugin,
	liveServers,
	lastRefusedAt,
} = KeySchema.properties;
const KeyUseSchema = wireSchema<KeyUse>()(
	Type.Object({
		id,
		lastUsedAt,
		firstServerAt,
		lastServerAt,
		requests24h,
		requests1h,
		hourly,
		studio,
		plugin,
		liveServers,
		lastRefusedAt,
	}),
);

export const ChangedSchema = wireSchema<LiveEvents["changed"]>()(Type.Object({ topics: Type.Array(TopicSchema) }));
export const UsedSchema = wireSchema<LiveEvents["used"]>()(Type.Object({ keys: Type.Array(KeyUseSchema) }));
export const OverSchema = wireSchema<LiveEvents["over"]>()(
	Type.Object({ reason: Type.Union([Type.Literal("session"), Type.Literal("membership")]) }),
);
