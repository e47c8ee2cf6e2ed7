import { Type } from "typebox";

import {
	DEVICE_CODE_GRANT,
	type DeviceAuthorization,
	HEADERS,
	OAUTH_CLIENT_ID,
	PROTOCOL_VERSION,
	type TokenResponse,
} from "../../shared/wire.ts";
import { describedTime } from "../http/schema-parts.ts";
import { wireSchema } from "../http/wire-schema.ts";

const clientId = Type.Literal(OAUTH_CLIENT_ID, { description: "Or as HTTP Basic, with an empty secret" });
const digits = (description: string) => Type.Optional(Type.String({ pattern: "^[0-9]{0,20}$", description }));

/** What Studio reports. Other parameters are ignored. */
export const StartForm = Type.Object({
	client_id: clientId,
	place_id: digits("The open place"),
	universe_id: digits("The place's experience"),
	studio_user_id: digits("Who is signed in to Studio"),
	place_name: Type.Optional(Type.String({ maxLength: 100 })),
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

/** RFC 8628 §3.2. */
export const DeviceAuthorizationSchema = wireSchema<DeviceAuthorization>()(
	Type.Object({
		device_code: Type.String({ description: "For polling; secret" }),
		user_code: Type.String({ description: "For a person to type: XXXX-XXXX" }),
		verification_uri: Type.String({ description: "Where they type it" }),
		verification_uri_complete: Type.String({ description: "The same, with the code filled in" }),
		expires_in: Type.Integer({ description: "Seconds" }),
		interval: Type.Integer({ description: "Seconds to wait after each response" }),
	}),
);

export const TokenResponseSchema = wireSchema<TokenResponse>()(
	Type.Object({
		access_token: Type.String({ description: "The key itself" }),
		token_type: Type.Literal("Bearer"),
		key: Type.Object({ id: Type.String(), label: Type.String() }),
		workspace: Type.Object({ id: Type.String(), name: Type.String() }),
		approved_by: Type.String({ description: "The name of who approved it" }),
		confirm_by: describedTime("If the key is not used until then, it is revoked. ISO 8601 in UTC"),
	}),
);

const texts = Type.Array(Type.String());
/** RFC 8414 §3.2. */
export const MetadataSchema = Type.Object({
	issuer: Type.String(),
	device_authorization_endpoint: Type.String(),
	token_endpoint: Type.String(),
	revocation_endpoint: Type.String(),
	introspection_endpoint: Type.String(),
	response_types_supported: texts,
	grant_types_supported: texts,
	token_endpoint_auth_methods_supported: texts,
	revocation_endpoint_auth_methods_supported: texts,
	introspection_endpoint_auth_methods_supported: texts,
});
