import { randomInt } from "node:crypto";

import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";

import { clientAddress } from "../http/address.ts";
import { ProblemError } from "../http/problem.ts";
import { passwordResetMail } from "../mail/mails.ts";
import { mapped } from "./auth-errors.ts";
import { setPassword } from "./credentials.ts";
import { cleanEmail } from "./email.ts";
import { createLater } from "./later.ts";
import type { AccountParts } from "./parts.ts";
import { checkPassword } from "./password.ts";
import { accountOfReset, createResetLink } from "./reset-tokens.ts";
import { endAllSessions } from "./session-list.ts";

const LEAST_DELAY_MS = 1_000;
const MOST_DELAY_MS = 3_000;

const requestSchema = Type.Object({ email: Type.String() }, { additionalProperties: false });
const resetSchema = Type.Object({ token: Type.String(), password: Type.String() }, { additionalProperties: false });

/** The way back in for whoever forgot the password: a link by mail, or from whoever runs the server. */
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

	/** Writes for unknown addresses, too, if only what time it is: a write is what others could notice. */
	async function sendLink(email: string): Promise<void> {
		const made = await storage.write((transaction) => {
			const find = transaction.db.prepare<[string], string>('SELECT id FROM "user" WHERE email = ?').pluck();
			const accountId = find.get(email);
			return accountId === undefined ? undefined : createResetLink(transaction, accountId, config.publicUrl);
		});
		if (made) mailer?.post(passwordResetMail({ to: email, link: made.link, publicUrl: config.publicUrl }));
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
			const account = accountOfReset(storage.db, token, storage.now());
			if (account === undefined) throw expiredLink();
			checkPassword(password, account);
			const hash = await attempts.oneOfFew(from, () => mapped(passwords.hash(password)));
			await storage.write((transaction) => {
				// Somebody else may have used it while the password was hashed.
				const still = accountOfReset(transaction.db, token, transaction.now);
				if (still === undefined) throw expiredLink();
				setPassword(transaction, still.id, hash);
				endAllSessions(transaction.db, still.id);
			});
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

function expiredLink(): ProblemError {
	return new ProblemError(410, "expired_link", "This link was used already, or is too old. Ask for a new one.");
}
