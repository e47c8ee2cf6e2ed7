import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";

import { clientAddress } from "../http/address.ts";
import { ProblemError } from "../http/problem.ts";
import { cleanText } from "../http/text.ts";
import { giveSignUpBack, invitationOpen, takeSignUp } from "../people/invitations.ts";
import { mapped } from "./auth-errors.ts";
import { cleanEmail } from "./email.ts";
import type { AccountParts } from "./parts.ts";
import { checkPassword } from "./password.ts";
import { authHeaders } from "./sessions.ts";
import { credentials, signedIn, signedInSchema } from "./signed-in.ts";

/** With "'s workspace" behind it, still a workspace's name. */
export const NAME_MAX_CODE_POINTS = 50;

const signUpSchema = Type.Object(
	{ name: Type.String(), ...credentials, invitation: Type.Optional(Type.String()) },
	{ additionalProperties: false },
);

export const signUpRoute: FastifyPluginAsyncTypebox<AccountParts> = async (app, parts) => {
	const { config, storage, auth, attempts } = parts;

	app.post(
		"/api/auth/sign-up/email",
		{
			schema: {
				tags: ["accounts"],
				summary: "Make an account, with a workspace of its own, and sign in",
				body: signUpSchema,
				response: { 200: signedInSchema },
			},
		},
		async (request, reply) => {
			requireOpen(request.body.invitation);
			const { password, rememberMe = true } = request.body;
			const name = cleanText(request.body.name, { path: "name", maxCodePoints: NAME_MAX_CODE_POINTS });
			const email = cleanEmail(request.body.email);
			checkPassword(password, { name, email });
			const from = clientAddress(request);
			attempts.beginSignUp(from);
			const body = { name, email, password, rememberMe };
			const headers = authHeaders(request);
			const made = await onTheWordOf(request.body.invitation, () =>
				attempts.oneOfFew(from, () => mapped(auth.api.signUpEmail({ body, headers, returnHeaders: true }))),
			);
			return signedIn(reply, made.headers, made.response.user);
		},
	);

	/** @throws ProblemError 403 `sign_up_closed` */
	function requireOpen(invitation: string | undefined): void {
		if (config.signUp === "open") return;
		if (config.signUp === "closed") {
			throw signUpClosed("No new accounts are made here, by invitation neither. Ask an administrator.");
		}
		if (invitation === undefined) {
			throw signUpClosed("Accounts are made by invitation here. Ask an owner of a workspace for a link.");
		}
		if (invitationOpen(storage, invitation)) return;
		throw usedUp();
	}

	/** Where an invitation is needed, it is good for one account. */
	async function onTheWordOf<T>(invitation: string | undefined, make: () => Promise<T>): Promise<T> {
		if (config.signUp !== "invite" || invitation === undefined) return make();
		if (!(await storage.write((transaction) => takeSignUp(transaction, invitation)))) throw usedUp();
		try {
			return await make();
		} catch (error) {
			await storage.write((transaction) => giveSignUpBack(transaction, invitation));
			throw error;
		}
	}
};

function usedUp(): ProblemError {
	return signUpClosed("This invitation does not count any more. Ask whoever sent it for a new link.");
}

function signUpClosed(detail: string): ProblemError {
	return new ProblemError(403, "sign_up_closed", detail);
}
