import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";

import { ACCOUNT_NAME_MAX_CODE_POINTS } from "../../../shared/limits.ts";
import { homeNetworkOf } from "../../http/networks.ts";
import { describedText } from "../../http/openapi/described.ts";
import { cleanText } from "../../http/text.ts";
import { linkTokenHash, newLinkToken } from "../../link-token.ts";
import { alreadySignedUpMail, verifyEmailMail } from "../../mail/mails.ts";
import { checkPassword } from "../passwords/check-password.ts";
import { CREDENTIALS } from "../sessions/credentials-body.ts";
import { cleanEmail } from "../sessions/email.ts";
import { SignedInSchema } from "../sessions/sign-in.schema.ts";
import { createSignUp, type Permission, type SignUpOptions } from "./create-sign-up.ts";
import { hasAccount } from "./first-account.store.ts";
import { keepSignUp, type PendingSignUp } from "./pending.store.ts";
import { invitationUsed, notSetUp, setupTokenInvalid, signUpClosed } from "./refusals.ts";
import { canSetUp } from "./setup.store.ts";
import { requireUnusedEmail } from "./sign-up.store.ts";

const SignUpBody = Type.Object(
	{
		name: describedText(ACCOUNT_NAME_MAX_CODE_POINTS),
		...CREDENTIALS,
		invitation: Type.Optional(Type.String()),
		setup: Type.Optional(Type.String({ description: "The token of the set-up link, for the first account" })),
	},
	{ additionalProperties: false },
);

const SetupBody = Type.Object({ setup: Type.String() }, { additionalProperties: false });

export const signUpRoutes: FastifyPluginAsyncTypebox<SignUpOptions> = async (app, options) => {
	const { config, storage, attempts, visitors, passwords, signUps, mailer, delayed } = options;

	app.post(
		"/api/auth/sign-up/email",
		{
			schema: {
				tags: ["accounts"],
				summary: "Create an account with its first workspace, and sign in; or mail a link that does (202)",
				description:
					"Where sign-up is open and mail is configured, the answer is 202 for every address, whether it has an account or not, even with an invitation. Where sign-up is by invitation, the invitation needs no mail, and neither does a set-up link.",
				body: SignUpBody,
				response: { 200: SignedInSchema, 202: Type.Object({}) },
				errors: ["email_taken", "setup_token_invalid", "sign_up_closed", "weak_password", "overloaded"],
			},
		},
		async (request, reply) => {
			const permission = await permissionOf(request.body);
			const { password, rememberMe = true } = request.body;
			const name = cleanText(request.body.name, { path: "name", maxCodePoints: ACCOUNT_NAME_MAX_CODE_POINTS });
			const email = cleanEmail(request.body.email);
			checkPassword(password, { name, email });
			const visitor = await visitors.of(request);
			attempts.beginSignUp(visitor.address);
			if (mailer === undefined || Object.keys(permission).length > 0) {
				await storage.read(requireUnusedEmail, { email });
				const passwordHash = await attempts.limitHashing(visitor, () => passwords.hash(password));
				return createSignUp(options, request, reply, { name, email, passwordHash, rememberMe, ...permission });
			}
			attempts.beginSignUpMail(email, visitor.address);
			// Hashed even if the address has an account, and looked up well after the response: neither tells.
			const passwordHash = await attempts.limitHashing(visitor, () => passwords.hash(password));
			delayed.schedule(() =>
				askToVerify({ name, email, passwordHash }, homeNetworkOf(visitor.address)).catch((error: unknown) =>
					request.log.warn({ err: error }, "sign-up not kept"),
				),
			);
			return reply.code(202).send({});
		},
	);

	app.post(
		"/api/auth/sign-up/setup/look",
		{
			schema: {
				tags: ["accounts"],
				summary: "Check whether a set-up link works; does not use it up",
				body: SetupBody,
				response: { 204: Type.Null() },
				errors: ["setup_token_invalid"],
			},
		},
		async (request, reply) => {
			attempts.beginLook((await visitors.of(request)).address);
			await permissionOf({ setup: request.body.setup });
			return reply.code(204).send(null);
		},
	);

	async function askToVerify(signUp: PendingSignUp, network: string): Promise<void> {
		const { publicUrl } = config;
		const to = signUp.email;
		const token = newLinkToken();
		const isNew = await storage.write(keepSignUp, { ...signUp, network, tokenHash: linkTokenHash(token) });
		// The token is in the URL fragment, which is sent to no server or proxy, nor as a referrer.
		const link = `${publicUrl}/verify#${token}`;
		mailer?.send(isNew ? verifyEmailMail({ to, link, publicUrl }) : alreadySignedUpMail({ to, publicUrl }));
	}

	/** @throws ProblemError 403 `sign_up_closed`, `setup_token_invalid` */
	async function permissionOf(given: { invitation?: string; setup?: string }): Promise<Permission> {
		if (given.setup === undefined) return invitationOf(given.invitation);
		const setup = linkTokenHash(given.setup.trim());
		if (await storage.read(canSetUp, { tokenHash: setup })) return { setup };
		throw setupTokenInvalid();
	}

	/** @throws ProblemError 403 `sign_up_closed` */
	async function invitationOf(token: string | undefined): Promise<Permission> {
		// Not used up, nor does it save the mail: everyone could invite themselves, with anyone's address.
		if (config.signUp === "open") return {};
		if (!(await storage.read(hasAccount, undefined))) throw notSetUp();
		if (config.signUp === "closed") {
			throw signUpClosed("Sign-up is closed on this server, even by invitation. Ask its administrator.");
		}
		if (token === undefined) {
			throw signUpClosed("Sign-up on this server is by invitation. Ask a workspace owner for a link.");
		}
		const invitation = linkTokenHash(token);
		if (await signUps.isInvited(invitation)) return { invitation };
		throw invitationUsed();
	}
};
