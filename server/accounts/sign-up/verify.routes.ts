import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";

import { clientAddress } from "../../http/address.ts";
import type { Visitor } from "../../http/fair-line.ts";
import { linkTokenHash } from "../../link-token.ts";
import { PASSWORD_MAX_CHARACTERS } from "../passwords/check-password.ts";
import { expiredLink, wrongPassword } from "../sessions/refusals.ts";
import { SignedInSchema } from "../sessions/sign-in.schema.ts";
import { createSignUp, type SignUpOptions } from "./create-sign-up.ts";
import { pendingSignUp } from "./pending.store.ts";
import { signUpClosed } from "./refusals.ts";

const VerifyBody = Type.Object(
	{ token: Type.String(), password: Type.String(), rememberMe: Type.Optional(Type.Boolean()) },
	{ additionalProperties: false },
);

/**
 * Completes a sign-up by the mailed link. The password is asked for again: the reader of the mail may not be the one who chose it,
 * and an account with a stranger's password would be the stranger's.
 */
export const verifyRoutes: FastifyPluginAsyncTypebox<SignUpOptions> = async (app, options) => {
	const { config, storage, attempts, visitors, passwords } = options;

	app.post(
		"/api/auth/verify-email",
		{
			schema: {
				tags: ["accounts"],
				summary: "Complete a sign-up with the token of the mailed link, and sign in",
				body: VerifyBody,
				response: { 200: SignedInSchema },
				errors: ["email_taken", "expired_link", "sign_up_closed", "wrong_password", "overloaded"],
			},
		},
		async (request, reply) => {
			const { token, password, rememberMe = true } = request.body;
			if (config.signUp !== "open") throw signUpClosed("Sign-up is closed on this server now. Ask its administrator.");
			attempts.beginReset(clientAddress(request));
			const tokenHash = linkTokenHash(token);
			const pending = await storage.read(pendingSignUp, { tokenHash });
			if (pending === undefined) throw expiredLink();
			const visitor = await visitors.signingIn(request, pending.email);
			// By the link, so that guesses at the address do not keep out who has it.
			const takeBack = attempts.beginSignIn({ ...visitor, email: `sign-up ${tokenHash}`, knownBy: {} });
			if (!(await isRight(pending.passwordHash, password, visitor, takeBack))) throw wrongPassword("password");
			takeBack();
			return createSignUp(options, request, reply, { ...pending, verification: tokenHash, rememberMe });
		},
	);

	async function isRight(hash: string, password: string, visitor: Visitor, takeBack: () => void): Promise<boolean> {
		if (password.length > PASSWORD_MAX_CHARACTERS) return false;
		return attempts
			.limitHashing(visitor, () => passwords.verify({ hash, password }))
			.catch((error: unknown) => {
				takeBack();
				throw error;
			});
	}
};
