import { Type } from "typebox";

import { TimeOrNull } from "./schema-parts.ts";

export const HealthSchema = Type.Object({ status: Type.Literal("ok") });

export const ReadyQuery = Type.Object({
	client: Type.Optional(
		Type.String({ description: "If given, the response also says as whom the server sees the client" }),
	),
});

export const ReadySchema = Type.Object({
	status: Type.Literal("ready"),
	clock: Type.Object({ leadSeconds: Type.Integer({ description: "How far the clock is ahead of what is believed" }) }),
	disk: Type.Object({ low: Type.Boolean({ description: "Nothing new is stored until there is space" }) }),
	backup: Type.Optional(
		Type.Object(
			{ lastAt: TimeOrNull, failed: Type.Boolean(), commandFailed: Type.Boolean() },
			{ description: "Scheduled backups, where there are any" },
		),
	),
	proxy: Type.Optional(
		Type.Object(
			{ trusted: Type.Literal(false), detail: Type.String() },
			{ description: "A reverse proxy that is not trusted forwards requests" },
		),
	),
	client: Type.Optional(Type.Object({ address: Type.String(), forwarded: Type.Boolean() })),
});
