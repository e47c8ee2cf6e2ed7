import { Type } from "typebox";

import { PLACE_NAME_MAX_CODE_POINTS } from "../../shared/limits.ts";
import { DEVICE_CODE_GRANT, HEADERS, OAUTH_CLIENT_ID, PROTOCOL_VERSION } from "../../shared/wire.ts";

const clientId = Type.Literal(OAUTH_CLIENT_ID, { description: "Or as HTTP Basic, with an empty secret" });
const digits = (description: string) => Type.Optional(Type.String({ pattern: "^[0-9]{0,20}$", description }));

/** What Studio reports. Other parameters are ignored. */
export const StartForm = Type.Object({
	client_id: clientId,
	place_id: digits("The open place"),
	universe_id: digits("The place's experience"),
	studio_user_id: digits("Who is signed in to Studio"),
	place_name: Type.Optional(Type.String({ maxLength: PLACE_NAME_MAX_CODE_POINTS })),
	intent: Type.Optional(
		Type.Union([Type.Literal("connect"), Type.Literal("reconnect")], { description: "connect by default" }),
	),
	key_id: Type.Optional(
		Type.String({ pattern: "^(key_[0-9A-Za-z]{1,60})?$", description: "The key in the place, as Studio reports it" }),
	),
});

/** Without it, any OAuth client may ask. */
export const ProtocolHeaders = Type.Object({
	[HEADERS.protocol]: Type.Optional(Type.Literal(PROTOCOL_VERSION, { description: "The plugin's protocol" })),
});

export const PollForm = Type.Object({
	client_id: clientId,
	grant_type: Type.Literal(DEVICE_CODE_GRANT),
	device_code: Type.String({ minLength: 1 }),
});
