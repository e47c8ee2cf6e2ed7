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
		original: "await endAllSessions(db, { accountId });",
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
		original: "await deleteOtherSessions(db, proof);",
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
		file: "server/accounts/sessions/sessions.store.ts",
		original: '.where("session.expiresAt", ">", isoTime(db.now))',
		replacement: "",
		tests: ACCOUNTS,
		equivalent: "The session finder checks the same again, together with the 30 days.",
	},
	{
		file: "server/accounts/sessions/session-cookie.ts",
		original: " && timingSafeEqual(given, signature)",
		replacement: "",
		tests: ACCOUNTS,
	},
	{
		file: "server/accounts/sessions/session.ts",
		original: "const isKept = !cookie.includes(UNREMEMBERED_COOKIE);",
		replacement: "const isKept = true;",
		tests: ACCOUNTS,
		equivalent: "Better Auth renews no such session; this only spares the attempt",
	},
	{
		file: "server/accounts/passwords/check-password.ts",
		original: "guess === email.toLowerCase() || guess === name.toLowerCase()",
		replacement: "guess === email.toLowerCase()",
		tests: ACCOUNTS,
	},
	{
		file: "server/accounts/sessions/sign-in.routes.ts",
		original: "await storage.write(endSessionByToken, { token: begun.response.token }, { reserve: true });",
		replacement: "",
		tests: ACCOUNTS,
	},
	{
		file: "server/accounts/sign-up/verify.routes.ts",
		original:
			'if (!(await isRight(pending.passwordHash, password, visitor, takeBack))) throw wrongPassword("password");',
		replacement: "await isRight(pending.passwordHash, password, visitor, takeBack);",
		tests: ["server/accounts/verify-address.test.ts"],
	},
	{
		file: "server/accounts/sign-up/verify.routes.ts",
		original: "const takeBack = attempts.beginSignIn({ ...visitor, email: `sign-up ${tokenHash}`, knownBy: {} });",
		replacement: "const takeBack = () => undefined;",
		tests: ["server/accounts/verify-address.test.ts"],
	},
	{
		file: "server/accounts/sign-up/pending.store.ts",
		original: 'await db.deleteFrom("pending_sign_up").where("email", "=", pending.email).execute();',
		replacement: "",
		tests: ["server/accounts/verify-address.test.ts"],
	},
	{
		file: "server/accounts/sign-up/pending.store.ts",
		original: '\t\t.where("expires_at", ">", db.now)\n',
		replacement: "",
		tests: ["server/accounts/verify-address.test.ts"],
	},
	{
		file: "server/accounts/sign-up/pending.store.ts",
		original: "return user === undefined;",
		replacement: "return true;",
		tests: ["server/accounts/verify-address.test.ts"],
	},
	{
		file: "server/accounts/sign-up/sign-up.routes.ts",
		original: "attempts.beginLook((await visitors.of(request)).address);",
		replacement: "",
		tests: ["server/accounts/setup.test.ts"],
	},
	{
		file: "server/accounts/password-reset/reset.routes.ts",
		original: "attempts.beginLook((await visitors.of(request)).address);",
		replacement: "",
		tests: ["server/accounts/password-reset.test.ts"],
	},
	{
		file: "server/accounts/sign-up/sign-up.routes.ts",
		original: "attempts.beginSignUpMail(email, visitor.address);",
		replacement: "",
		tests: ["server/accounts/verify-address.test.ts"],
	},
	{
		file: "server/accounts/sign-up/sign-up.routes.ts",
		original: "if (mailer === undefined || Object.keys(permission).length > 0) {",
		replacement:
			"await storage.read(requireUnusedEmail, { email });\n\t\t\tif (mailer === undefined || Object.keys(permission).length > 0) {",
		tests: ["server/accounts/verify-address.test.ts"],
	},
	{
		file: "server/people/sign-up.store.ts",
		original:
			"if (verification !== undefined && !(await takePendingSignUp(db, { tokenHash: verification }))) throw expiredLink();",
		replacement: "if (verification !== undefined) await takePendingSignUp(db, { tokenHash: verification });",
		tests: ["server/accounts/verify-address.test.ts"],
	},
	{
		file: "server/accounts/sessions/check-credentials.ts",
		original: "else if (await passwords.verify({ hash: pending, password })) throw addressUnverified();",
		replacement: "else throw addressUnverified();",
		tests: ["server/accounts/verify-address.test.ts"],
	},
	{
		file: "server/offboarding/reset-account.store.ts",
		original: "if (!isFirstProof) return;",
		replacement: "",
		tests: ["server/offboarding/review.test.ts"],
	},
	{
		file: "server/offboarding/reset-account.store.ts",
		original: 'await endUnsealedPairings(db, { actor, workspaceId, approvedBy: accountId, reason: "denied" });',
		replacement: "",
		tests: ["server/offboarding/review.test.ts"],
	},
	{
		file: "server/offboarding/review.store.ts",
		original: '\t\t.where("k.created_at", "<=", since)\n',
		replacement: "",
		tests: ["server/offboarding/review.test.ts"],
	},
	{
		file: "server/offboarding/review.store.ts",
		original: '\t\t.where("k.created_by", "=", accountId)\n',
		replacement: "",
		tests: ["server/offboarding/review.test.ts"],
	},
	{
		file: "server/accounts/password-reset/reset.store.ts",
		original: ".set({ emailVerified: 1, updatedAt: isoTime(db.now) })",
		replacement: ".set({ emailVerified: 0, updatedAt: isoTime(db.now) })",
		tests: ["server/offboarding/review.test.ts"],
	},
	{
		file: "server/accounts/profile/profile.store.ts",
		original: "return update(db, accountId, { email, emailVerified: 0 });",
		replacement: "return update(db, accountId, { email, emailVerified: 1 });",
		tests: ["server/offboarding/review.test.ts"],
	},
	{
		file: "server/accounts/sessions/email.ts",
		original: 'if (!WRITTEN_DOMAIN.test(domain)) return "";',
		replacement: "",
		tests: ["server/accounts/email.test.ts"],
	},
	{
		file: "server/accounts/sessions/email.ts",
		original: "if (/\\P{ASCII}/u.test(local)) {",
		replacement: "if (false) {",
		tests: ["server/accounts/email.test.ts"],
	},
	{
		file: "server/accounts/sessions/email.ts",
		original: "|| local.length > LOCAL_PART_MAX_CHARACTERS",
		replacement: "",
		tests: ["server/accounts/email.test.ts"],
	},
	{
		file: "server/accounts/activity/account-events.store.ts",
		original: 'if (kind === "wrong_password" && (await countAgain(db, accountId, client))) return;',
		replacement: "",
		tests: ["server/accounts/account-activity.test.ts"],
	},
	{
		file: "server/accounts/activity/account-events.store.ts",
		original: ".limit(isWrong ? MAX_WRONG_PASSWORDS : MAX_OTHERS)",
		replacement: ".limit(MAX_OTHERS)",
		tests: ["server/accounts/account-activity.test.ts"],
	},
	{
		file: "server/accounts/activity/account-events.store.ts",
		original: '\t\t.where("at", ">", db.now - COUNTED_TOGETHER_MS)\n',
		replacement: "",
		tests: ["server/accounts/account-activity.test.ts"],
	},
	{
		file: "server/accounts/sessions/session.ts",
		original:
			"const expiresAt = Math.min(Date.parse(found.expiresAt), Date.parse(found.createdAt) + SESSION_LONGEST_MS);",
		replacement: "const expiresAt = Date.parse(found.expiresAt);",
		tests: ["server/accounts/session.test.ts"],
	},
	{
		file: "server/accounts/sessions/session.ts",
		original: "isKept && now - Date.parse(found.updatedAt) >= SESSION_RENEWED_AFTER_MS;",
		replacement: "isKept;",
		tests: ["server/accounts/session.test.ts"],
	},
	{
		file: "server/accounts/passwords/check-password.ts",
		original: 'if (isCommonPassword(password)) return "This is one of the most common passwords. Choose another one.";',
		replacement: "",
		tests: ["server/accounts/check-password.test.ts"],
	},
	{
		file: "server/accounts/passwords/common-passwords.ts",
		original: "COMMON.has(password.toLowerCase())",
		replacement: "COMMON.has(password)",
		tests: ["server/accounts/check-password.test.ts"],
	},
	{
		file: "server/accounts/password-reset/reset.store.ts",
		original: "if (account === undefined) throw expiredLink();\n\tconst accountId = account.id;",
		replacement: 'const accountId = account?.id ?? "";',
		tests: ["server/accounts/profile.test.ts"],
	},
];
