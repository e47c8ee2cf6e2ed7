import { PERSON_KEYS_MAX_COUNTED } from "../../shared/limits.ts";
import type { People, Person } from "../../shared/wire.ts";
import { isoTime } from "../clock.ts";
import type { Database } from "../storage/database.ts";
import { type Membership, requireRight } from "../workspaces/membership.store.ts";
import { mayManagePeople } from "../workspaces/rights.ts";
import { openInvitations, toInvitation } from "./invitations.store.ts";

/**
 * A workspace's people, in the order they joined. Owners also get open invitations.
 * @throws ProblemError as `requireRight`
 */
export async function listPeople(db: Database, { accountId, workspaceId }: Membership): Promise<People> {
	const role = await requireRight(db, { accountId, workspaceId, right: "see" });
	const members = await membersOf(db, workspaceId).orderBy("m.joined_at").orderBy("u.name").orderBy("u.id").execute();
	const open = mayManagePeople(role) ? await openInvitations(db, { workspaceId }) : [];
	return { people: members.map(toPerson), invitations: open.map(toInvitation) };
}

/** Undefined for non-members. */
export async function findPerson(db: Database, { accountId, workspaceId }: Membership): Promise<Person | undefined> {
	const member = await membersOf(db, workspaceId).where("m.account_id", "=", accountId).executeTakeFirst();
	return member && toPerson(member);
}

function membersOf(db: Database, workspaceId: string) {
	return db
		.selectFrom("member as m")
		.innerJoin("user as u", "u.id", "m.account_id")
		.where("m.workspace_id", "=", workspaceId)
		.select((eb) => [
			"u.id",
			"u.name",
			"u.email",
			"m.role",
			"m.joined_at as joinedAt",
			eb
				.selectFrom(
					eb
						.selectFrom("api_key as k")
						.select(eb.lit(1).as("one"))
						.whereRef("k.workspace_id", "=", "m.workspace_id")
						.whereRef("k.created_by", "=", "m.account_id")
						.where("k.revoked_at", "is", null)
						.limit(PERSON_KEYS_MAX_COUNTED + 1)
						.as("active"),
				)
				.select(({ fn }) => fn.countAll<number>().as("count"))
				.$asScalar()
				.$notNull()
				.as("activeKeys"),
		]);
}

type MemberRow = Omit<Person, "joinedAt"> & { joinedAt: number };

function toPerson({ joinedAt, ...member }: MemberRow): Person {
	return { ...member, joinedAt: isoTime(joinedAt) };
}
