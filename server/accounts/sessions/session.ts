import type { FastifyRequest } from "fastify";

import type { Account } from "../../../shared/wire.ts";
import { clientAddress } from "../../http/address.ts";
import { SESSION_COOKIE_PREFIX } from "../../http/origin.ts";
import { redactKeys } from "../../http/text.ts";
import type { Storage } from "../../storage/storage.ts";
import type { Client } from "../activity/account-events.store.ts";
import { ADDRESS_HEADER, type Auth, SESSION_RENEWED_AFTER_SECONDS } from "./auth.ts";
import { withOurErrors } from "./auth-errors.ts";
import type { TokenReader } from "./session-cookie.ts";
import { findSessionByToken, type OwnSession } from "./sessions.store.ts";

/** From signing in, however much it is used (ASVS 5.0, 7.3.2). A trigger enforces it too. */
const SESSION_LONGEST_MS = 30 * 24 * 3_600_000;
const SESSION_RENEWED_AFTER_MS = SESSION_RENEWED_AFTER_SECONDS * 1000;
const USER_AGENT_MAX_CHARACTERS = 200;
/** Of a session that ends with the browser, which Better Auth does not renew. */
const UNREMEMBERED_COOKIE = `${SESSION_COOKIE_PREFIX}.dont_remember=`;
/** Possibly a key without its prefix, or another secret. No browser's user agent contains one. */
const HEX_RUN = /[0-9a-f]{32,}/gi;

export interface FoundSession {
	/** Not secret, unlike its token. */
	id: string;
	account: Account;
	token: string;
	/** Milliseconds since 1970. */
	expiresAt: number;
	needsRenewal: boolean;
}

/** The part of a session that store functions take. */
export function ownSession({ id, account }: FoundSession): OwnSession {
	return { accountId: account.id, sessionId: id };
}

export function clientOf(request: FastifyRequest): Client {
	return { address: clientAddress(request), userAgent: userAgentOf(request) || null };
}

/** Without secrets. */
function userAgentOf(request: FastifyRequest): string {
	// Redacted before truncation: half a key at the end would not be recognised.
	const redacted = redactKeys(request.headers["user-agent"] ?? "")
		.replace(HEX_RUN, "?")
		.replace(/[^\x20-\x7e]/g, "?");
	return redacted.slice(0, USER_AGENT_MAX_CHARACTERS);
}

/** What Better Auth sees of a request: cookies, the client address, and a user agent without secrets. */
export function authHeaders(request: FastifyRequest): Headers {
	const headers = new Headers({ [ADDRESS_HEADER]: clientAddress(request) });
	const { cookie } = request.headers;
	if (cookie !== undefined) headers.set("cookie", cookie);
	headers.set("user-agent", userAgentOf(request));
	return headers;
}

export interface SessionFinderOptions {
	storage: Storage;
	tokenOf: TokenReader;
}

/** Finds the session of a request's cookie, with one statement and no write. */
export function createSessionFinder({ storage, tokenOf }: SessionFinderOptions) {
	return async (request: FastifyRequest): Promise<FoundSession | null> => {
		const { cookie } = request.headers;
		const token = cookie === undefined ? undefined : tokenOf(cookie);
		if (cookie === undefined || token === undefined) return null;
		const found = await storage.read(findSessionByToken, { token });
		if (found === undefined) return null;
		const { id, accountId, name, email } = found;
		const now = storage.now();
		const expiresAt = Math.min(Date.parse(found.expiresAt), Date.parse(found.createdAt) + SESSION_LONGEST_MS);
		if (expiresAt <= now) return null;
		const isKept = !cookie.includes(UNREMEMBERED_COOKIE);
		const needsRenewal = isKept && now - Date.parse(found.updatedAt) >= SESSION_RENEWED_AFTER_MS;
		return { id, account: { id: accountId, name, email }, token, expiresAt, needsRenewal };
	};
}

/** `Set-Cookie` headers that sign the browser out. */
export async function clearedCookies(auth: Auth, request: FastifyRequest): Promise<string[]> {
	const { headers } = await withOurErrors(auth.api.signOut({ headers: authHeaders(request), returnHeaders: true }));
	return headers.getSetCookie();
}
