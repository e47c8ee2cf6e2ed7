import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";

import { ACCOUNT_NAME_MAX_CODE_POINTS } from "../../../shared/limits.ts";
import { clientAddress } from "../../http/address.ts";
import { describedEmail, describedText } from "../../http/openapi/described.ts";
import { cleanText } from "../../http/text.ts";
import { emailChangedMail } from "../../mail/mails.ts";
import { checkPassword } from "../passwords/check-password.ts";
import { OneAccountSchema } from "../sessions/account.schema.ts";
import type { AccountServices } from "../sessions/account-services.ts";
import { cleanEmail } from "../sessions/email.ts";
import { clientOf, ownSession } from "../sessions/session.ts";
import { changeEmail, changeName, changePassword } from "./profile.store.ts";

const NameBody = Type.Object({ name: describedText(ACCOUNT_NAME_MAX_CODE_POINTS) }, { additionalProperties: false });
const EmailBody = Type.Object({ email: describedEmail, password: Type.String() }, { additionalProperties: false });
const PasswordBody = Type.Object(
	{ currentPassword: Type.String(), newPassword: Type.String() },
	{ additionalProperties: false },
);

/** Changes to one's own account. E-mail and password changes require the current password. */
export const profileRoutes: FastifyPluginAsyncTypebox<AccountServices> = async (app, services) => {
	const { config, storage, attempts, visitors, passwords, prove, mailer, requireSession } = services;
	const onRequest = async (request: Parameters<typeof requireSession>[0]) => {
		await requireSession(request);
	};
	const tags = ["accounts"];

	app.patch(
		"/api/account",
		{
			schema: { tags, summary: "Change your name", body: NameBody, response: { 200: OneAccountSchema } },
			onRequest,
		},
		async (request) => {
			const session = await requireSession(request);
			const name = cleanText(request.body.name, { path: "name", maxCodePoints: ACCOUNT_NAME_MAX_CODE_POINTS });
			return { account: await storage.write(changeName, { ...ownSession(session), name }) };
		},
	);

	app.post(
		"/api/account/email",
		{
			schema: {
				tags,
				summary: "Change your e-mail address; the old one is notified if mail is configured",
				body: EmailBody,
				response: { 200: OneAccountSchema },
				errors: ["email_taken", "wrong_password", "overloaded"],
			},
			onRequest,
		},
		async (request) => {
			const session = await requireSession(request);
			const email = cleanEmail(request.body.email);
			const proof = await prove(request, session, { password: request.body.password });
			attempts.beginEmailChange(session.account.id);
			const account = await storage.write(changeEmail, { proof, email, client: clientOf(request) });
			if (account.email !== session.account.email) {
				mailer?.send(emailChangedMail({ to: session.account.email, publicUrl: config.publicUrl }));
			}
			return { account };
		},
	);

	app.post(
		"/api/account/password",
		{
			schema: {
				tags,
				summary: "Change your password and end all your other sessions",
				body: PasswordBody,
				response: { 204: Type.Null() },
				errors: ["weak_password", "wrong_password", "overloaded"],
			},
			onRequest,
		},
		async (request, reply) => {
			const session = await requireSession(request);
			const { currentPassword, newPassword } = request.body;
			checkPassword(newPassword, session.account, "newPassword");
			const proof = await prove(request, session, { password: currentPassword, field: "currentPassword" });
			const hash = await attempts.limitHashing({ address: clientAddress(request), isKnown: true }, () =>
				passwords.hash(newPassword),
			);
			await storage.write(changePassword, { proof, hash, client: clientOf(request) }, { reserve: true });
			// The other browsers that signed in before are strangers now.
			const { id: accountId } = session.account;
			if (visitors.hasDevice(request, accountId)) {
				reply.header("set-cookie", visitors.deviceCookie(request, { accountId, passwordHash: hash }));
			}
			return reply.code(204).send(null);
		},
	);
};
