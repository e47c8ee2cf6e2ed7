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
import { hasAccount } from "./first-account.store.ts";
import { invitationUsed, notSetUp, setupTokenInvalid, signUpClosed } from "./refusals.ts";
import { canSetUp } from "./setup.store.ts";
import { type NewAccount, requireUnusedEmail } from "./sign-up.store.ts";

/** What sign-up needs from workspaces and invitations, which accounts/ cannot import. */
export interface SignUps {
	/** True if the invitation can be used to sign up. `tokenHash` is as `linkTokenHash` returns it. */
	isInvited(tokenHash: string): Promise<boolean>;
	/**
	 * Creates the account with its first workspace, and uses up what allowed it.
	 * @throws ProblemError 403 `sign_up_closed` or `setup_token_invalid`, 422 `email_taken`; StorageError `unique` if a concurrent sign-up took the
	 * address first
	 */
	create(given: NewAccount & Permission): Promise<Account>;
}

/** What allows a sign-up, as hashes by `linkTokenHash`. */
interface Permission {
	/** Of the invitation's token; null if none is required. */
	tokenHash: string | null;
	/** Of the set-up token, if that is what allows it. */
	setupTokenHash?: string;
}

export interface SignUpOptions extends AccountServices {
	signUps: SignUps;
}

const SignUpBody = Type.Object(
	{
		name: Type.String(),
		...CREDENTIALS,
		invitation: Type.Optional(Type.String()),
		setup: Type.Optional(Type.String({ description: "The token of the set-up link, for the first account" })),
	},
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
			const permission = await permissionOf(request.body);
			const { password, rememberMe = true } = request.body;
			const name = cleanText(request.body.name, { path: "name", maxCodePoints: ACCOUNT_NAME_MAX_CODE_POINTS });
			const email = cleanEmail(request.body.email);
			checkPassword(password, { name, email });
			const from = clientAddress(request);
			attempts.beginSignUp(from);
			await storage.read(requireUnusedEmail, { email });
			const passwordHash = await attempts.limitHashing(from, () => passwords.hash(password));
			const account = await createAccount({ name, email, passwordHash, ...permission });
			const body = { accountId: account.id, rememberMe };
			const begun = withOurErrors(auth.api.beginSession({ body, headers: authHeaders(request), returnHeaders: true }));
			return signedIn(reply, (await begun.catch(rejectAsCreated)).headers, account);
		},
	);

	/** @throws ProblemError 403 `sign_up_closed`, `setup_token_invalid` */
	async function permissionOf(given: { invitation?: string; setup?: string }): Promise<Permission> {
		if (given.setup === undefined) return { tokenHash: await requiredInvitation(given.invitation) };
		const setupTokenHash = linkTokenHash(given.setup.trim());
		if (await storage.read(canSetUp, { tokenHash: setupTokenHash })) return { tokenHash: null, setupTokenHash };
		throw setupTokenInvalid();
	}

	/**
	 * The token hash of the invitation that sign-up requires; null if it requires none.
	 * @throws ProblemError 403 `sign_up_closed`
	 */
	async function requiredInvitation(invitation: string | undefined): Promise<string | null> {
		if (config.signUp === "open") return null;
		if (!(await storage.read(hasAccount, undefined))) throw notSetUp();
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

	async function createAccount(given: Omit<NewAccount, "id" | "credentialId"> & Permission): Promise<Account> {
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
