import type { Account, AccountEvent, AccountSession } from "../../../shared/wire.ts";
import { AccountActivitySchema } from "../../accounts/profile/activity.schema.ts";
import { OneAccountSchema } from "../../accounts/sessions/account.schema.ts";
import { SessionListSchema } from "../../accounts/sessions/sessions.schema.ts";
import { SignedInSchema } from "../../accounts/sessions/sign-in.schema.ts";
import { perform, request } from "../api/client.ts";
import { isRefused } from "../api/is-refused.ts";

export async function changeName(name: string): Promise<Account> {
	return (await request("PATCH", "/api/account", OneAccountSchema, { body: { name } })).account;
}

export async function changeEmail(email: string, password: string): Promise<Account> {
	return (await request("POST", "/api/account/email", OneAccountSchema, { body: { email, password } })).account;
}

/** Completes a sign-up with the mailed link's token, and signs in. */
export async function verifyEmail(token: string, password: string): Promise<Account> {
	const body = { token, password };
	const ifUnknown = "The account may have been created: try to sign in before you sign up again.";
	return (await request("POST", "/api/auth/verify-email", SignedInSchema, { body, anonymous: true, ifUnknown })).user;
}

export async function listEvents(): Promise<AccountEvent[]> {
	return (await request("GET", "/api/account/activity", AccountActivitySchema)).events;
}

export function changePassword(currentPassword: string, newPassword: string): Promise<void> {
	const ifUnknown = "Try again: if the current password is wrong then, it has been changed.";
	return perform("POST", "/api/account/password", { body: { currentPassword, newPassword }, ifUnknown });
}

export function deleteAccount(password: string): Promise<void> {
	return perform("POST", "/api/account/delete", { body: { password } });
}

export async function listSessions(): Promise<AccountSession[]> {
	return (await request("GET", "/api/account/sessions", SessionListSchema)).sessions;
}

export function endSession(id: string): Promise<void> {
	return perform("DELETE", `/api/account/sessions/${encodeURIComponent(id)}`);
}

export function endOtherSessions(): Promise<void> {
	return perform("DELETE", "/api/account/sessions");
}

/** Succeeds whether or not the account exists. */
export function requestPasswordReset(email: string): Promise<void> {
	return perform("POST", "/api/auth/request-password-reset", { body: { email }, anonymous: true });
}

/** True if a reset link was used, is too old or was never valid. False if that cannot be told now. */
export function isResetLinkDead(token: string): Promise<boolean> {
	const options = { body: { token }, anonymous: true, ifUnknown: null };
	return isRefused(perform("POST", "/api/auth/reset-password/look", options), "expired_link");
}

export function resetPassword(token: string, password: string): Promise<void> {
	const ifUnknown = "Try again: if the link is no longer valid then, the password has been changed.";
	return perform("POST", "/api/auth/reset-password", { body: { token, password }, anonymous: true, ifUnknown });
}
