import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { generateId } from "better-auth";
import { Type } from "typebox";

import { ACCOUNT_NAME_MAX_CODE_POINTS } from "../../../shared/limits.ts";
import type { Account } from "../../../shared/wire.ts";
import { ProblemError } from "../../errors/problem-error.ts";
import { StorageError } from "../../errors/storage-error.ts";
import { clientAddress } from "../../http/address.ts";
import { cleanText } from "../../http/text.ts";
import { linkTokenHash } from "../../link-token.ts";
import { checkPassword } from "../passwords/check-password.ts";
import { CREDENTIALS, SignedInSchema } from "../sessions/account.schema.ts";
import type { AccountServices } from "../sessions/account-services.ts";
import { withOurErrors } from "../sessions/auth-errors.ts";
import { cleanEmail } from "../sessions/email.ts";
import { emailTaken } from "../sessions/refusals.ts";
import { authHeaders } from "../sessions/session.ts";
import { signedIn } from "../sessions/signed-in.ts";
import { invitationUsed, signUpClosed } from "./refusals.ts";
import { type NewAccount, requireUnusedEmail } from "./sign-up.store.ts";

/** What sign-up needs from workspaces and invitations, which accounts/ cannot import. */
export interface SignUps {
	/** True if the invitation can be used to sign up. `tokenHash` is as `linkTokenHash` returns it. */
	isInvited(tokenHash: string): Promise<boolean>;
	/**
	 * Creates the account with its first workspace, and uses up the invitation; `tokenHash` is null if none is required.
	 * @throws ProblemError 403 `sign_up_closed`, 422 `email_taken`; StorageError `unique` if a concurrent sign-up took the
	 * address first
	 */
	create(given: NewAccount & { tokenHash: string | null }): Promise<Account>;
}

export interface SignUpOptions extends AccountServices {
	signUps: SignUps;
}

const SignUpBody = Type.Object(
	{ name: Type.String(), ...CREDENTIALS, invitation: Type.Optional(Type.String()) },
	{ additionalProperties: false },
);

export const signUpRoutes: FastifyPluginAsyncTypebox<SignUpOptions> = async (app, options) => {
	const { config, storage, auth, attempts, passwords, signUps } = options;

	app.post(
		"/api/auth/sign-up/email",
		{
			schema: {
				tags: ["accounts"],
				summary: "Create an account with its first workspace, and sign in",
				body: SignUpBody,
				response: { 200: SignedInSchema },
			},
		},
		async (request, reply) => {
			const tokenHash = await requiredInvitation(request.body.invitation);
			const { password, rememberMe = true } = request.body;
			const name = cleanText(request.body.name, { path: "name", maxCodePoints: ACCOUNT_NAME_MAX_CODE_POINTS });
			const email = cleanEmail(request.body.email);
			checkPassword(password, { name, email });
			const from = clientAddress(request);
			attempts.beginSignUp(from);
			await storage.read(requireUnusedEmail, { email });
			const passwordHash = await attempts.limitHashing(from, () => passwords.hash(password));
			const account = await createAccount({ name, email, passwordHash, tokenHash });
			const body = { accountId: account.id, rememberMe };
			const begun = withOurErrors(auth.api.beginSession({ body, headers: authHeaders(request), returnHeaders: true }));
			return signedIn(reply, (await begun.catch(rejectAsCreated)).headers, account);
		},
	);

	/**
	 * The token hash of the invitation that sign-up requires; null if it requires none.
	 * @throws ProblemError 403 `sign_up_closed`
	 */
	async function requiredInvitation(invitation: string | undefined): Promise<string | null> {
		if (config.signUp === "open") return null;
		if (config.signUp === "closed") {
			throw signUpClosed("Sign-up is closed on this server, even by invitation. Ask its administrator.");
		}
		if (invitation === undefined) {
			throw signUpClosed("Sign-up on this server is by invitation. Ask a workspace owner for a link.");
		}
		const tokenHash = linkTokenHash(invitation);
		if (await signUps.isInvited(tokenHash)) return tokenHash;
		throw invitationUsed();
	}

	async function createAccount(
		given: Omit<NewAccount, "id" | "credentialId"> & { tokenHash: string | null },
	): Promise<Account> {
		try {
			return await signUps.create({ ...given, id: generateId(), credentialId: generateId() });
		} catch (error) {
			// Two concurrent sign-ups with the same address both found it unused.
			if (error instanceof StorageError && error.code === "unique") throw emailTaken();
			throw error;
		}
	}
};

/** The original error would say that nothing was changed. */
function rejectAsCreated(error: unknown): never {
	if (!(error instanceof ProblemError)) throw error;
	const { statusCode, code, headers } = error;
	const detail = "Your account was created, but signing in failed. Sign in again in a moment.";
	throw new ProblemError(statusCode, code, detail, { headers, cause: error });
}
