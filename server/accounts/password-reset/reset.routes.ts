import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";

import { ProblemError } from "../../errors/problem-error.ts";
import { describedEmail } from "../../http/openapi/described.ts";
import { linkTokenHash, newLinkToken } from "../../link-token.ts";
import { passwordResetMail } from "../../mail/mails.ts";
import { checkPassword } from "../passwords/check-password.ts";
import type { AccountServices } from "../sessions/account-services.ts";
import { knownEmail } from "../sessions/email.ts";
import { expiredLink } from "../sessions/refusals.ts";
import { clientOf } from "../sessions/session.ts";
import { accountOfReset, createReset, type NewPassword } from "./reset.store.ts";
import { resetLink } from "./reset-link.ts";

const EmailBody = Type.Object({ email: describedEmail }, { additionalProperties: false });
const TokenBody = Type.Object({ token: Type.String() }, { additionalProperties: false });
const ResetBody = Type.Object({ token: Type.String(), password: Type.String() }, { additionalProperties: false });

export interface ResetOptions extends AccountServices {
	/**
	 * Sets the password, and ends what a stranger may have begun with the account.
	 * @throws ProblemError 410 `expired_link`
	 */
	reset(given: NewPassword): Promise<void>;
}

/** Password reset by link, sent by e-mail or created by the server's administrator. */
export const resetRoutes: FastifyPluginAsyncTypebox<ResetOptions> = async (app, options) => {
	const { config, storage, attempts, visitors, passwords, mailer, delayed, reset } = options;
	const tags = ["accounts"];

	app.post(
		"/api/auth/request-password-reset",
		{
			schema: {
				tags,
				summary: "Request a password reset link by e-mail; unknown addresses get the same response",
				body: EmailBody,
				response: { 202: Type.Object({}) },
				errors: ["no_mail", "too_many_requests"],
			},
		},
		async (request, reply) => {
			if (mailer === undefined) throw noMail();
			const email = knownEmail(request.body.email);
			attempts.beginResetMail(await visitors.signingIn(request, email));
			// Well after the response, whose timing would reveal who has an account.
			delayed.schedule(() =>
				sendLink(email).catch((error: unknown) => request.log.warn({ err: error }, "password reset link not created")),
			);
			return reply.code(202).send({});
		},
	);

	async function sendLink(email: string): Promise<void> {
		const { publicUrl } = config;
		const token = newLinkToken();
		const expiresAt = await storage.write(createReset, { email, tokenHash: linkTokenHash(token) }, { reserve: true });
		if (expiresAt === undefined) return;
		mailer?.send(passwordResetMail({ to: email, link: resetLink(publicUrl, token), publicUrl }));
	}

	app.post(
		"/api/auth/reset-password/look",
		{
			schema: {
				tags,
				summary: "Check whether a reset link still works; does not use it up",
				body: TokenBody,
				response: { 204: Type.Null() },
				errors: ["expired_link"],
			},
		},
		async (request, reply) => {
			attempts.beginLook((await visitors.of(request)).address);
			const tokenHash = linkTokenHash(request.body.token);
			if ((await storage.read(accountOfReset, { tokenHash })) === undefined) throw expiredLink();
			return reply.code(204).send(null);
		},
	);

	app.post(
		"/api/auth/reset-password",
		{
			schema: {
				tags,
				summary: "Set a new password with the token of a reset link, and end all sessions of the account",
				body: ResetBody,
				response: { 204: Type.Null() },
				errors: ["expired_link", "weak_password", "overloaded"],
			},
		},
		async (request, reply) => {
			const { token, password } = request.body;
			const visitor = await visitors.of(request);
			const from = visitor.address;
			attempts.beginReset(from);
			const tokenHash = linkTokenHash(token);
			const account = await storage.read(accountOfReset, { tokenHash });
			if (account === undefined) throw expiredLink();
			checkPassword(password, account);
			const hash = await attempts.limitHashing(visitor, () => passwords.hash(password));
			await reset({ tokenHash, hash, client: clientOf(request) });
			attempts.clearFailures(account.email, from);
			// The new password works at once, even while someone else keeps trying wrong ones.
			reply.header("set-cookie", visitors.deviceCookie(request, { accountId: account.id, passwordHash: hash }));
			return reply.code(204).send(null);
		},
	);
};

function noMail(): ProblemError {
	return new ProblemError(
		409,
		"no_mail",
		"This server does not send e-mail. Ask its administrator to run `npm run reset-password -- <your e-mail address>` and send you the link.",
	);
}
