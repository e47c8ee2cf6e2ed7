import { Type } from "typebox";

import type { DeviceAuthorization, TokenResponse } from "../../shared/wire.ts";
import { describedTime } from "../http/schema-parts.ts";
import { wireSchema } from "../http/wire-schema.ts";

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
