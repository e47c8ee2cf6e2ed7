import type { Mutant } from "./mutant.ts";

const ACCOUNTS = ["server/accounts"];

export const accounts: readonly Mutant[] = [
	{
		file: "server/accounts/sessions/proof.store.ts",
		original: "await requireLiveSession(db, { sessionId });",
		replacement: "",
		tests: [...ACCOUNTS, "server/offboarding"],
	},
	{
		file: "server/accounts/sessions/proof.store.ts",
		original: "if ((await passwordHashOf(db, { accountId })) !== hash) throw wrongPassword(field);",
		replacement: "",
		tests: [...ACCOUNTS, "server/offboarding"],
	},
	{
		file: "server/accounts/password-reset/reset.store.ts",
		original: 'where("password_reset.expires_at", ">", db.now)',
		replacement: 'where("password_reset.expires_at", ">", 0)',
		tests: ACCOUNTS,
	},
	{
		file: "server/accounts/password-reset/reset.store.ts",
		original: "await endAllSessions(db, { accountId: account.id });",
		replacement: "",
		tests: ACCOUNTS,
	},
	{
		file: "server/accounts/passwords/passwords.store.ts",
		original: "await deleteResets(db, { accountId });",
		replacement: "",
		tests: ACCOUNTS,
	},
	{
		file: "server/accounts/profile/profile.store.ts",
		original: "await deleteResets(db, { accountId });",
		replacement: "",
		tests: ACCOUNTS,
	},
	{
		file: "server/accounts/profile/profile.store.ts",
		original: "await endOtherSessions(db, proof);",
		replacement: "",
		tests: ACCOUNTS,
	},
	{
		file: "server/accounts/sessions/sessions.store.ts",
		original: '.where("id", "=", endedId)\n\t\t.where("userId", "=", accountId)',
		replacement: '.where("id", "=", endedId)',
		tests: ACCOUNTS,
	},
	{
		file: "server/accounts/sessions/session.ts",
		original: "if (expiresAt <= storage.now()) return null;",
		replacement: "",
		tests: ACCOUNTS,
	},
	{
		file: "server/accounts/passwords/check-password.ts",
		original: "guess === email.toLowerCase() || guess === name.toLowerCase()",
		replacement: "guess === email.toLowerCase()",
		tests: ACCOUNTS,
	},
	{
		file: "server/accounts/sessions/sign-in.routes.ts",
		original: "await storage.write(endSessionByToken, { token: found.response.token });",
		replacement: "",
		tests: ACCOUNTS,
	},
];
