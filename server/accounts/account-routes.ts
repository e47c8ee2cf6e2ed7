import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";

import type { Account } from "../../shared/wire.ts";
import { clientAddress } from "../http/address.ts";
import { pin } from "../http/pin.ts";
import { cleanText } from "../http/text.ts";
import { emailChangedMail } from "../mail/mails.ts";
import { changeEmail, changeName, changePassword } from "./account-writes.store.ts";
import { withOurErrors } from "./auth-errors.ts";
import { cleanEmail } from "./email.ts";
import type { AccountParts } from "./parts.ts";
import { checkPassword } from "./password.ts";
import { ownSession } from "./sessions.ts";
import { NAME_MAX_CODE_POINTS } from "./sign-up-route.ts";

const accountSchema = pin<Account>()(Type.Object({ id: Type.String(), name: Type.String(), email: Type.String() }));
const answerSchema = Type.Object({ account: accountSchema });
const nameSchema = Type.Object({ name: Type.String() }, { additionalProperties: false });
const emailSchema = Type.Object({ email: Type.String(), password: Type.String() }, { additionalProperties: false });
const passwordSchema = Type.Object(
	{ currentPassword: Type.String(), newPassword: Type.String() },
	{ additionalProperties: false },
);

/** What people change of their own account. What gets them in is changed only with the password. */
export const accountRoutes: FastifyPluginAsyncTypebox<AccountParts> = async (app, parts) => {
	const { config, storage, attempts, passwords, prove, mailer, requireSession } = parts;
	const onRequest = async (request: Parameters<typeof requireSession>[0]) => {
		await requireSession(request);
	};
	const tags = ["accounts"];

	app.patch(
		"/api/account",
		{
			schema: { tags, summary: "Change your name", body: nameSchema, response: { 200: answerSchema } },
			onRequest,
		},
		async (request) => {
			const session = await requireSession(request);
			const name = cleanText(request.body.name, { path: "name", maxCodePoints: NAME_MAX_CODE_POINTS });
			return { account: await storage.write(changeName, { ...ownSession(session), name }) };
		},
	);

	app.post(
		"/api/account/email",
		{
			schema: {
				tags,
				summary: "Change your e-mail address; the old one is told where the server sends mail",
				body: emailSchema,
				response: { 200: answerSchema },
			},
			onRequest,
		},
		async (request) => {
			const session = await requireSession(request);
			const email = cleanEmail(request.body.email);
			const proof = await prove(request, session, { password: request.body.password });
			attempts.beginEmailChange(session.account.id);
			const account = await storage.write(changeEmail, { proof, email });
			if (account.email !== session.account.email) {
				mailer?.post(emailChangedMail({ to: session.account.email, publicUrl: config.publicUrl }));
			}
			return { account };
		},
	);

	app.post(
		"/api/account/password",
		{
			schema: {
				tags,
				summary: "Change your password; all your other sessions end",
				body: passwordSchema,
				response: { 204: Type.Null() },
			},
			onRequest,
		},
		async (request, reply) => {
			const session = await requireSession(request);
			const { currentPassword, newPassword } = request.body;
			checkPassword(newPassword, session.account, "newPassword");
			const proof = await prove(request, session, { password: currentPassword, field: "currentPassword" });
			const hash = await attempts.oneOfFew(clientAddress(request), () => withOurErrors(passwords.hash(newPassword)));
			await storage.write(changePassword, { proof, hash });
			return reply.code(204).send(null);
		},
	);
};
