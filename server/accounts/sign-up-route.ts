import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { generateId } from "better-auth";
import { Type } from "typebox";

import { ProblemError } from "../errors/problem-error.ts";
import { StorageError } from "../errors/storage-error.ts";
import { clientAddress } from "../http/address.ts";
import { cleanText } from "../http/text.ts";
import { invitationHash } from "../people/invitation-token.ts";
import { invitationOpen } from "../people/invitations.store.ts";
import type { Account } from "./account.ts";
import { withOurErrors } from "./auth-errors.ts";
import { cleanEmail } from "./email.ts";
import type { AccountParts } from "./parts.ts";
import { checkPassword } from "./password.ts";
import { emailTaken, invitationUsed, signUpClosed } from "./refusals.ts";
import { authHeaders } from "./sessions.ts";
import { checkSignUp, type SignUp, signUp } from "./sign-up.store.ts";
import { credentials, signedIn, signedInSchema } from "./signed-in.ts";

/** With "'s workspace" behind it, still a workspace's name. */
export const NAME_MAX_CODE_POINTS = 50;

const signUpSchema = Type.Object(
	{ name: Type.String(), ...credentials, invitation: Type.Optional(Type.String()) },
	{ additionalProperties: false },
);

export const signUpRoute: FastifyPluginAsyncTypebox<AccountParts> = async (app, parts) => {
	const { config, storage, auth, attempts, passwords } = parts;

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
			const tokenHash = await requiredInvitation(request.body.invitation);
			const { password, rememberMe = true } = request.body;
			const name = cleanText(request.body.name, { path: "name", maxCodePoints: NAME_MAX_CODE_POINTS });
			const email = cleanEmail(request.body.email);
			checkPassword(password, { name, email });
			const from = clientAddress(request);
			attempts.beginSignUp(from);
			await storage.read(checkSignUp, { email, tokenHash });
			const passwordHash = await attempts.oneOfFew(from, () => withOurErrors(passwords.hash(password)));
			const account = await makeAccount({ name, email, passwordHash, tokenHash });
			const body = { accountId: account.id, rememberMe };
			const begun = withOurErrors(auth.api.beginSession({ body, headers: authHeaders(request), returnHeaders: true }));
			return signedIn(reply, (await begun.catch(rejectAsMade)).headers, account);
		},
	);

	/**
	 * The hash of the token of the invitation that a sign-up needs; null where it needs none.
	 * @throws ProblemError 403 `sign_up_closed`
	 */
	async function requiredInvitation(invitation: string | undefined): Promise<string | null> {
		if (config.signUp === "open") return null;
		if (config.signUp === "closed") {
			throw signUpClosed("No new accounts are made here, not even by invitation. Ask an administrator.");
		}
		if (invitation === undefined) {
			throw signUpClosed("Accounts are made by invitation here. Ask an owner of a workspace for a link.");
		}
		const tokenHash = invitationHash(invitation);
		if (await storage.read(invitationOpen, { tokenHash })) return tokenHash;
		throw invitationUsed();
	}

	async function makeAccount(about: Omit<SignUp, "id" | "credentialId">): Promise<Account> {
		try {
			return await storage.write(signUp, { ...about, id: generateId(), credentialId: generateId() });
		} catch (error) {
			// Two sign-ups with one address at the same moment: both found it free.
			if (error instanceof StorageError && error.code === "unique") throw emailTaken();
			throw error;
		}
	}
};

/** The error itself would say that nothing was changed. */
function rejectAsMade(error: unknown): never {
	if (!(error instanceof ProblemError)) throw error;
	const { statusCode, code, headers } = error;
	throw new ProblemError(
		statusCode,
		code,
		"Your account was made, but you could not be signed in. Try signing in again shortly.",
		{
			headers,
			cause: error,
		},
	);
}
