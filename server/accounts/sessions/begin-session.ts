import type { BetterAuthPlugin } from "better-auth";
import { createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";

import { CarriedError } from "./auth-errors.ts";
import { invalidCredentials } from "./refusals.ts";

interface Body {
	accountId: string;
	/** If false, the session ends with the browser. */
	rememberMe: boolean;
}

/**
 * `auth.api.beginSession`: starts a session for an account that was not authenticated by Better Auth's sign-in.
 * It has no path, so no request can reach it.
 */
export const beginSession = {
	id: "begin-session",
	endpoints: {
		beginSession: createAuthEndpoint.serverOnly(
			{ method: "POST", requireHeaders: true, metadata: { $Infer: { body: {} as Body } } },
			async (ctx) => {
				const { accountId, rememberMe } = ctx.body;
				const { internalAdapter } = ctx.context;
				const user = await internalAdapter.findUserById(accountId);
				if (user === null) throw new CarriedError(invalidCredentials());
				const session = await internalAdapter.createSession(accountId, !rememberMe);
				await setSessionCookie(ctx, { session, user }, !rememberMe);
				return { token: session.token };
			},
		),
	},
} satisfies BetterAuthPlugin;
