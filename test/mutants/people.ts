import type { Mutant } from "./mutant.ts";

const OFFBOARDING = ["server/offboarding"];
const PEOPLE = ["server/people", "server/offboarding", "server/workspaces"];

export const people: readonly Mutant[] = [
	{
		file: "server/offboarding/members.store.ts",
		original: 'if (before === "owner") await requireAnotherOwner(db, membership);',
		replacement: "",
		tests: PEOPLE,
	},
	{
		file: "server/offboarding/members.store.ts",
		original: 'if ((await memberRole(db, membership)) === "owner") await requireAnotherOwner(db, membership);',
		replacement: "await memberRole(db, membership);",
		tests: PEOPLE,
	},
	{
		file: "server/offboarding/members.store.ts",
		original: 'if (before === "owner") await withdrawInvitationsOf(db, membership);',
		replacement: "",
		tests: PEOPLE,
	},
	{
		file: "server/offboarding/members.store.ts",
		original: "if (!mayManageKeys(role)) {",
		replacement: "if (false as boolean) {",
		tests: PEOPLE,
	},
	{
		file: "server/offboarding/members.store.ts",
		original: 'right: isLeaving ? "see" : "manage_people"',
		replacement: 'right: "see"',
		tests: PEOPLE,
	},
	{
		file: "server/offboarding/members.store.ts",
		original: 'if (revokeKeys) await requireRight(db, { ...ofActor, right: "manage_keys" });',
		replacement: "",
		tests: PEOPLE,
	},
	{
		file: "server/offboarding/members.store.ts",
		original: '.where("account_id", "!=", accountId)',
		replacement: "",
		tests: PEOPLE,
	},
	{
		file: "server/offboarding/revoke-by-maker.store.ts",
		original: '.where("created_at", "<=", at)',
		replacement: "",
		tests: OFFBOARDING,
	},
	{
		file: "server/offboarding/delete-account.store.ts",
		original: "await requireUnchanged(db, proof);",
		replacement: "",
		tests: [...OFFBOARDING, "server/accounts"],
	},
	{
		file: "server/offboarding/delete-account.store.ts",
		original: "others > 0 && otherOwners === 0",
		replacement: "false",
		tests: OFFBOARDING,
	},
	{
		file: "server/offboarding/delete-workspace.store.ts",
		original: 'await requireRight(db, { accountId: actor.accountId, workspaceId, right: "manage_people" });',
		replacement: "",
		tests: OFFBOARDING,
	},
	{
		file: "server/offboarding/delete-workspace.store.ts",
		original: 'await endUnsealedPairings(db, { actor, workspaceId, reason: "workspace_deleted" });',
		replacement: "",
		tests: OFFBOARDING,
	},
	{
		file: "server/people/invitation-writes.store.ts",
		original: "if ((await openInvitations(db, { workspaceId })).length >= MAX_OPEN) throw tooMany();",
		replacement: "",
		tests: ["server/people"],
	},
	{
		file: "server/people/invitation-writes.store.ts",
		original: "if (before !== undefined && RANK[before] >= RANK[role])",
		replacement: "if (before !== undefined && RANK[before] > RANK[role])",
		tests: ["server/people"],
	},
	{
		file: "server/people/invitation-writes.store.ts",
		original: "requireOpen(invitation, db.now);",
		replacement: "",
		tests: ["server/people"],
	},
	{
		file: "server/people/invitation-writes.store.ts",
		original: "if (before === undefined) await requireRoom(db, { accountId });",
		replacement: "",
		tests: PEOPLE,
	},
	{
		file: "server/people/invitation-writes.store.ts",
		original: 'await db.deleteFrom("invitation").where("id", "=", invitation.id).execute();',
		replacement: "",
		tests: ["server/people"],
	},
	{
		file: "server/people/invitations.store.ts",
		original: '.where("w.deleted_at", "is", null)',
		replacement: "",
		tests: PEOPLE,
	},
	{
		file: "server/people/invitations.store.ts",
		original: '.where("signed_up_at", "is", null)',
		replacement: "",
		tests: ["server/people", "server/accounts"],
	},
	{
		file: "server/workspaces/membership.store.ts",
		original: 'if (membership.right === "manage_keys" && !mayManageKeys(role)) throw forbidden("an owner or admin");',
		replacement: "",
		tests: [...PEOPLE, "server/keys"],
	},
	{
		file: "server/workspaces/membership.store.ts",
		original: 'if (membership.right === "manage_people" && !mayManagePeople(role)) throw forbidden("an owner");',
		replacement: "",
		tests: PEOPLE,
	},
];
