import type { Account, AccountSession } from "../../../shared/wire.ts";
import { type Check, list, MismatchError, nothing, orNull, record, text, time } from "../api/check.ts";
import { request } from "../api/client.ts";

const bool: Check<boolean> = (value, path = "") => {
	if (typeof value === "boolean") return value;
	throw new MismatchError(path, "true or false");
};

const accountShape = record<{ account: Account }>({ account: record<Account>({ id: text, name: text, email: text }) });
const sessionsShape = record<{ sessions: AccountSession[] }>({
	sessions: list(
		record<AccountSession>({
			id: text,
			current: bool,
			createdAt: time,
			lastSeenAt: time,
			address: orNull(text),
			userAgent: orNull(text),
		}),
	),
});

export async function changeName(name: string): Promise<Account> {
	return (await request("PATCH", "/api/account", accountShape, { body: { name } })).account;
}

export async function changeEmail(email: string, password: string): Promise<Account> {
	return (await request("POST", "/api/account/email", accountShape, { body: { email, password } })).account;
}

export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
	await request("POST", "/api/account/password", nothing, { body: { currentPassword, newPassword } });
}

export async function deleteAccount(password: string): Promise<void> {
	await request("POST", "/api/account/delete", nothing, { body: { password } });
}

export async function listSessions(): Promise<AccountSession[]> {
	return (await request("GET", "/api/account/sessions", sessionsShape)).sessions;
}

export async function endSession(id: string): Promise<void> {
	await request("DELETE", `/api/account/sessions/${encodeURIComponent(id)}`, nothing);
}

export async function endOtherSessions(): Promise<void> {
	await request("DELETE", "/api/account/sessions", nothing);
}

/** Succeeds whether or not the account exists. */
export async function requestPasswordReset(email: string): Promise<void> {
	await request("POST", "/api/auth/request-password-reset", nothing, { body: { email }, anonymous: true });
}

export async function resetPassword(token: string, password: string): Promise<void> {
	await request("POST", "/api/auth/reset-password", nothing, { body: { token, password }, anonymous: true });
}
