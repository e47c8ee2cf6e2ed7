const id = (prefix: string, description: string) => ({
	description,
	pattern: `^${prefix}_[0-9a-v]{20}$`,
	examples: [`${prefix}_0a1b2c3d4e5f6g7h8i9j`],
});
/** Better Auth's. */
const random = (description: string) => ({
	description,
	pattern: "^[0-9A-Za-z]{32}$",
	examples: ["Zx8Kq2Lm4Np6Rs9Tv1Wy3Ab5Cd7Ef0Gh"],
});

/** What identifies things in URLs. Others are answered with 404, so the routes themselves do not check it. */
export const PATH_PARAMETERS: Readonly<Record<string, object>> = {
	workspaceId: id("ws", "A workspace's id"),
	keyId: id("key", "A key's id, which is not secret"),
	invitationId: id("inv", "An invitation's id"),
	id: id("bk", "A backend's id"),
	accountId: random("A person's account id"),
	sessionId: random("A session's id, which is not secret"),
	item: { description: "A question of the checklist", pattern: "^[a-z-]{1,40}$", examples: ["leak-plan"] },
	userCode: {
		description: "As Studio shows it; upper or lower case, with or without the dash",
		pattern: "^[BCDFGHJKLMNPQRSTVWXZbcdfghjklmnpqrstvwxz]{4}-?[BCDFGHJKLMNPQRSTVWXZbcdfghjklmnpqrstvwxz]{4}$",
		examples: ["BCDF-GHJK"],
	},
};
