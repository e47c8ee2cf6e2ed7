import type { FastifyRequest } from "fastify";

import { clientAddress } from "../http/address.ts";
import { SESSION_COOKIE } from "../http/origin.ts";
import { redactKeys } from "../http/text.ts";
import type { Storage } from "../storage/storage.ts";
import type { Account } from "./account.ts";
import { ADDRESS_HEADER, type Auth } from "./auth.ts";
import { withOurErrors } from "./auth-errors.ts";
import type { OwnSession } from "./session-list.store.ts";

const USER_AGENT_MAX_CHARACTERS = 200;
/** A key whose beginning was spelled otherwise, or any other secret: no browser names itself so. */
const HEX_RUN = /[0-9a-f]{32,}/gi;

export interface FoundSession {
	/** No secret, unlike its token. */
	id: string;
	account: Account;
	token: string;
	/** Milliseconds since 1970. */
	expiresAt: number;
	needsRenewal: boolean;
}

/** What store functions need to know of a session. */
export function ownSession({ id, account }: FoundSession): OwnSession {
	return { accountId: account.id, sessionId: id };
}

/** All that Better Auth learns of a request: cookies, the address as we compute it, and a user agent without secrets. */
export function authHeaders(request: FastifyRequest): Headers {
	const headers = new Headers({ [ADDRESS_HEADER]: clientAddress(request) });
	const { cookie, "user-agent": userAgent } = request.headers;
	if (cookie !== undefined) headers.set("cookie", cookie);
	// Struck out before it is cut: half a key at the end would not be recognised.
	const harmless = redactKeys(userAgent ?? "")
		.replace(HEX_RUN, "?")
		.replace(/[^\x20-\x7e]/g, "?");
	headers.set("user-agent", harmless.slice(0, USER_AGENT_MAX_CHARACTERS));
	return headers;
}

/** The session whose cookie came with the request. One statement, no write. */
export async function findSession(auth: Auth, storage: Storage, request: FastifyRequest): Promise<FoundSession | null> {
	if (request.headers.cookie?.includes(SESSION_COOKIE) !== true) return null;
	const found = await withOurErrors(auth.api.getSession({ headers: authHeaders(request) }));
	if (found === null) return null;
	const expiresAt = new Date(found.session.expiresAt).getTime();
	if (expiresAt <= storage.now()) return null;
	const { id, token } = found.session;
	const needsRenewal = "needsRefresh" in found && found.needsRefresh === true;
	const { user } = found;
	return { id, account: { id: user.id, name: user.name, email: user.email }, token, expiresAt, needsRenewal };
}
