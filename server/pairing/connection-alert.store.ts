import { sql } from "kysely";

import type { Connection } from "../mail/connection-mail.ts";
import { takeAlerts } from "../quotas/alert-quota.store.ts";
import type { Database } from "../storage/database.ts";
import { newKeyId } from "./new-key-id.ts";
import { requestedFrom, type Viewer } from "./requested-from.ts";
import type { ViewedPairing } from "./viewed-pairing.ts";

/** More than a workspace has owners and admins. */
const MAX_RECIPIENTS = 50;

export interface ConnectionAlert {
	/** The verified addresses of owners and admins, as far as the day's quota goes. */
	recipients: string[];
	connection: Connection;
}

export interface NewConnection {
	pairing: ViewedPairing;
	workspaceId: string;
	label: string;
	approver: Viewer & { accountId: string };
}

/**
 * What to mail about an approval; undefined if the client is in the approver's network, or if there is nobody to tell.
 * Addresses that are not verified may be anyone's.
 */
export async function findConnectionAlert(
	db: Database,
	{ pairing, workspaceId, label, approver }: NewConnection,
): Promise<ConnectionAlert | undefined> {
	const { network, sameAsYours } = requestedFrom(pairing, approver);
	if (sameAsYours === true) return undefined;
	const managers = await db
		.selectFrom("member as m")
		.innerJoin("user as u", "u.id", "m.account_id")
		.innerJoin("workspace as w", "w.id", "m.workspace_id")
		.select(["u.email", "w.name as workspace"])
		.select(sql<string>`(SELECT name FROM "user" WHERE id = ${approver.accountId})`.as("approver"))
		.where("m.workspace_id", "=", workspaceId)
		.where("m.role", "in", ["owner", "admin"])
		.where("u.emailVerified", "=", 1)
		.orderBy("m.role", "desc")
		.limit(MAX_RECIPIENTS)
		.execute();
	const [first] = managers;
	if (first === undefined) return undefined;
	const { accountId } = approver;
	const allowed = await takeAlerts(db, { accountId, workspaceId, count: managers.length });
	if (allowed === 0) return undefined;
	return {
		recipients: managers.slice(0, allowed).map(({ email }) => email),
		connection: {
			...{ workspaceId, workspaceName: first.workspace, approver: first.approver, label },
			...{ placeName: pairing.place_name, placeId: pairing.place_id, network, isElsewhere: sameAsYours === false },
			keyId: newKeyId(pairing.id),
		},
	};
}
