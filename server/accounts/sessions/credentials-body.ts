import { Type } from "typebox";

import { describedEmail } from "../../http/openapi/described.ts";

/** The fields of both sign-in and sign-up. */
export const CREDENTIALS = {
	email: describedEmail,
	password: Type.String(),
	rememberMe: Type.Optional(Type.Boolean()),
};
