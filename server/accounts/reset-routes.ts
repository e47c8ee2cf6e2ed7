import { randomInt } from "node:crypto";

import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";

import { ProblemError } from "../errors/problem-error.ts";
import { clientAddress } from "../http/address.ts";
import { passwordResetMail } from "../mail/mails.ts";
import { withOurErrors } from "./auth-errors.ts";
import { cleanEmail } from "./email.ts";
import { createLater } from "./later.ts";
import type { AccountParts } from "./parts.ts";
import { checkPassword } from "./password.ts";
import { expiredLink } from "./refusals.ts";
import { newResetToken, resetLink, resetTokenHash } from "./reset-token.ts";
import { accountOfReset, createReset, resetPassword } from "./resets.store.ts";

const LEAST_DELAY_MS = 1_000;
const MOST_DELAY_MS = 3_000;

const requestSchema = Type.Object({ email: Type.String() }, { additionalProperties: false });
const resetSchema = Type.Object({ token: Type.String(), password: Type.String() }, { additionalProperties: false });

/** The way back in for people who forgot their password: a link by mail, or from the person who runs the server. */
export const resetRoutes: FastifyPluginAsyncTypebox<AccountParts> = async (app, parts) => {
	const { config, storage, attempts, passwords, mailer, resetDelayMs = someSeconds } = parts;
	const later = createLater(resetDelayMs);
	app.addHook("onClose", () => later.close());
	const tags = ["accounts"];

	app.post(
		"/api/auth/request-password-reset",
		{
			schema: {
				tags,
				summary: "Have a link sent that sets a new password; the answer is the same for unknown addresses",
				body: requestSchema,
				response: { 202: Type.Object({}) },
			},
		},
		async (request, reply) => {
			if (mailer === undefined) throw noMail();
			const email = cleanEmail(request.body.email);
			attempts.beginResetMail(email, clientAddress(request));
			// Long after the answer: how soon the next one comes would tell who has an account.
			later.do(() =>
				sendLink(email).catch((error: unknown) => request.log.warn({ err: error }, "no link to set a password made")),
			);
			return reply.code(202).send({});
		},
	);

	async function sendLink(email: string): Promise<void> {
		const { publicUrl } = config;
		const token = newResetToken();
		const expiresAt = await storage.write(createReset, { email, tokenHash: resetTokenHash(token) });
		if (expiresAt === undefined) return;
		mailer?.post(passwordResetMail({ to: email, link: resetLink(publicUrl, token), publicUrl }));
	}

	app.post(
		"/api/auth/reset-password",
		{
			schema: {
				tags,
				summary: "Set a new password with the token of a link; all sessions of the account end",
				body: resetSchema,
				response: { 204: Type.Null() },
			},
		},
		async (request, reply) => {
			const { token, password } = request.body;
			const from = clientAddress(request);
			attempts.beginReset(from);
			const tokenHash = resetTokenHash(token);
			const account = await storage.read(accountOfReset, { tokenHash });
			if (account === undefined) throw expiredLink();
			checkPassword(password, account);
			const hash = await attempts.oneOfFew(from, () => withOurErrors(passwords.hash(password)));
			await storage.write(resetPassword, { tokenHash, hash });
			attempts.forgive(account.email, from);
			return reply.code(204).send(null);
		},
	);
};

function someSeconds(): number {
	return randomInt(LEAST_DELAY_MS, MOST_DELAY_MS);
}

function noMail(): ProblemError {
	return new ProblemError(
		409,
		"no_mail",
		"This server sends no mail. Ask whoever runs it for a link: `npm run reset-password -- <your e-mail address>` makes one.",
	);
}
