import { randomInt } from "node:crypto";

import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";

import { ProblemError } from "../../errors/problem-error.ts";
import { clientAddress } from "../../http/address.ts";
import { linkTokenHash, newLinkToken } from "../../link-token.ts";
import { passwordResetMail } from "../../mail/mails.ts";
import { checkPassword } from "../passwords/check-password.ts";
import type { AccountServices } from "../sessions/account-services.ts";
import { cleanEmail } from "../sessions/email.ts";
import { createDelayedWork } from "./delayed-work.ts";
import { accountOfReset, createReset, expiredLink, resetPassword } from "./reset.store.ts";
import { resetLink } from "./reset-link.ts";

const MIN_DELAY_MS = 1_000;
const MAX_DELAY_MS = 3_000;

const EmailBody = Type.Object({ email: Type.String() }, { additionalProperties: false });
const ResetBody = Type.Object({ token: Type.String(), password: Type.String() }, { additionalProperties: false });

export interface ResetOptions extends AccountServices {
	/** Delay before a reset link is created and sent; one to three seconds if absent. */
	resetDelayMs?: (() => number) | undefined;
}

/** Password reset by link, sent by e-mail or created by the server's administrator. */
export const resetRoutes: FastifyPluginAsyncTypebox<ResetOptions> = async (app, options) => {
	const { config, storage, attempts, passwords, mailer, resetDelayMs = randomDelayMs } = options;
	const delayed = createDelayedWork(resetDelayMs);
	app.addHook("onClose", () => delayed.close());
	const tags = ["accounts"];

	app.post(
		"/api/auth/request-password-reset",
		{
			schema: {
				tags,
				summary: "Request a password reset link by e-mail; unknown addresses get the same response",
				body: EmailBody,
				response: { 202: Type.Object({}) },
			},
		},
		async (request, reply) => {
			if (mailer === undefined) throw noMail();
			const email = cleanEmail(request.body.email);
			attempts.beginResetMail(email, clientAddress(request));
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
		const expiresAt = await storage.write(createReset, { email, tokenHash: linkTokenHash(token) });
		if (expiresAt === undefined) return;
		mailer?.send(passwordResetMail({ to: email, link: resetLink(publicUrl, token), publicUrl }));
	}

	app.post(
		"/api/auth/reset-password",
		{
			schema: {
				tags,
				summary: "Set a new password with the token of a reset link, and end all sessions of the account",
				body: ResetBody,
				response: { 204: Type.Null() },
			},
		},
		async (request, reply) => {
			const { token, password } = request.body;
			const from = clientAddress(request);
			attempts.beginReset(from);
			const tokenHash = linkTokenHash(token);
			const account = await storage.read(accountOfReset, { tokenHash });
			if (account === undefined) throw expiredLink();
			checkPassword(password, account);
			const hash = await attempts.limitHashing(from, () => passwords.hash(password));
			await storage.write(resetPassword, { tokenHash, hash });
			attempts.clearFailures(account.email, from);
			return reply.code(204).send(null);
		},
	);
};

function randomDelayMs(): number {
	return randomInt(MIN_DELAY_MS, MAX_DELAY_MS);
}

function noMail(): ProblemError {
	return new ProblemError(
		409,
		"no_mail",
		"This server does not send e-mail. Ask its administrator to run `npm run reset-password -- <your e-mail address>` and send you the link.",
	);
}
