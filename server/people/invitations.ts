import { hash, randomBytes } from "node:crypto";

import type { Invitation, InvitationOffer, PersonRef, Role } from "../../shared/wire.ts";
import { isoTime } from "../clock.ts";
import type { SqliteDatabase } from "../storage/open-database.ts";
import type { Storage, Transaction } from "../storage/storage.ts";

export type InvitedRole = Exclude<Role, "owner">;

export interface InvitationRow {
	id: string;
	workspace_id: string;
	workspace_name: string;
	role: InvitedRole;
	created_at: number;
	created_by: string | null;
	created_by_name: string | null;
	expires_at: number;
	signed_up_at: number | null;
}

const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** As good as a password for whoever has the link: the database keeps its hash only. */
export function newInvitationToken(): string {
	return randomBytes(TOKEN_BYTES).toString("base64url");
}

export function invitationHash(token: string): Buffer {
	return hash("sha256", token, "buffer");
}

const SELECT = `
SELECT i.id, i.workspace_id, w.name AS workspace_name, i.role, i.created_at, i.created_by,
	inviter.name AS created_by_name, i.expires_at, i.signed_up_at
FROM invitation i
JOIN workspace w ON w.id = i.workspace_id AND w.deleted_at IS NULL
LEFT JOIN "user" inviter ON inviter.id = i.created_by`;

/** The invitation that a link's token stands for, whether or not it still counts. */
export function invitationByToken(db: SqliteDatabase, token: string): InvitationRow | undefined {
	if (!TOKEN.test(token)) return undefined;
	return db.prepare<[Buffer], InvitationRow>(`${SELECT} WHERE i.token_hash = ?`).get(invitationHash(token));
}

export function isOpen(row: InvitationRow, now: number): boolean {
	return row.expires_at > now;
}

/** Whether `token` invites somebody now: for sign-up where only those who are invited may make an account. */
export function invitationOpen(storage: Storage, token: string): boolean {
	const row = invitationByToken(storage.db, token);
	return row !== undefined && isOpen(row, storage.now());
}

/** Lets one account be made on an invitation's word. False where it is not open, or one was made already. */
export function takeSignUp({ db, now }: Transaction, token: string): boolean {
	const row = invitationByToken(db, token);
	if (row === undefined || !isOpen(row, now) || row.signed_up_at !== null) return false;
	db.prepare("UPDATE invitation SET signed_up_at = ? WHERE id = ?").run(now, row.id);
	return true;
}

/** No account came of it. */
export function giveSignUpBack({ db }: Transaction, token: string): void {
	db.prepare("UPDATE invitation SET signed_up_at = NULL WHERE token_hash = ?").run(invitationHash(token));
}

/** Newest first. */
export function openInvitations(db: SqliteDatabase, workspaceId: string, now: number): InvitationRow[] {
	const list = db.prepare<[string], InvitationRow>(
		`${SELECT} WHERE i.workspace_id = ? ORDER BY i.created_at DESC, i.id`,
	);
	return list.all(workspaceId).filter((row) => isOpen(row, now));
}

export function toInvitation(row: InvitationRow): Invitation {
	return {
		id: row.id,
		role: row.role,
		createdAt: isoTime(row.created_at),
		createdBy: inviter(row),
		expiresAt: isoTime(row.expires_at),
	};
}

export function toOffer(row: InvitationRow): InvitationOffer {
	return {
		workspace: { id: row.workspace_id, name: row.workspace_name },
		role: row.role,
		invitedBy: inviter(row),
		expiresAt: isoTime(row.expires_at),
	};
}

function inviter({ created_by: id, created_by_name: name }: InvitationRow): PersonRef | null {
	return id === null || name === null ? null : { id, name };
}
