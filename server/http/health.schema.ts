import { Type } from "typebox";

import { TimeOrNull } from "./schema-parts.ts";

export const HealthSchema = Type.Object({ status: Type.Literal("ok") });

export const ReadyQuery = Type.Object({
	client: Type.Optional(
		Type.String({ description: "If given, the response also says which address the server takes to be the client's" }),
	),
});

export const ReadySchema = Type.Object({
	status: Type.Literal("ready"),
	clock: Type.Object({
		leadSeconds: Type.Integer({ description: "How many seconds the machine's clock is ahead of the server's time" }),
	}),
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
			{ description: "Requests come through a reverse proxy that is not trusted" },
		),
	),
	client: Type.Optional(Type.Object({ address: Type.String(), forwarded: Type.Boolean() })),
});
