import { Type } from "typebox";

import type { OAuthError } from "../../../shared/wire.ts";
import { wireSchema } from "../wire-schema.ts";

/** RFC 6749 §5.2. */
export const OAuthErrorSchema = wireSchema<OAuthError>()(
	Type.Object({
		error: Type.String({ description: "A code for programs" }),
		error_description: Type.Optional(Type.String({ description: "What to do" })),
	}),
);
