import { generateId } from "better-auth";
import type { FastifyReply, FastifyRequest } from "fastify";

import type { Account } from "../../../shared/wire.ts";
import { ProblemError } from "../../errors/problem-error.ts";
import { StorageError } from "../../errors/storage-error.ts";
import { clientAddress } from "../../http/address.ts";
import type { AccountServices } from "../sessions/account-services.ts";
import { withOurErrors } from "../sessions/auth-errors.ts";
import { emailTaken } from "../sessions/refusals.ts";
import { authHeaders } from "../sessions/session.ts";
import { signedIn } from "../sessions/signed-in.ts";
import type { NewAccount } from "./sign-up.store.ts";

/** What allows a sign-up, as a hash by `linkTokenHash`. None: anyone may sign up. */
export interface Permission {
	/** The address stays unverified, as it does without a permission. */
	invitation?: string;
	setup?: string;
	/** Of a link that was mailed to the address. */
	verification?: string;
}

/** What sign-up needs from workspaces and invitations, which accounts/ cannot import. */
export interface SignUps {
	/** True if the invitation can be used to sign up. `tokenHash` is as `linkTokenHash` returns it. */
	isInvited(tokenHash: string): Promise<boolean>;
	/**
	 * Creates the account with its first workspace, and uses up what allowed it.
	 * @throws ProblemError 403 `sign_up_closed` or `setup_token_invalid`, 410 `expired_link`, 422 `email_taken`;
	 * StorageError `unique` if a concurrent sign-up took the address first
	 */
	create(given: NewAccount & Permission): Promise<Account>;
}

export interface SignUpOptions extends AccountServices {
	signUps: SignUps;
}

type Given = Omit<NewAccount, "id" | "credentialId" | "address"> & Permission & { rememberMe: boolean };

/** Creates an account, and responds with its first session. */
export async function createSignUp(
	{ auth, signUps, visitors, events }: SignUpOptions,
	request: FastifyRequest,
	reply: FastifyReply,
	{ rememberMe, ...given }: Given,
) {
	const account = await signUps
		.create({ id: generateId(), credentialId: generateId(), address: clientAddress(request), ...given })
		.catch((error: unknown) => {
			if (error instanceof StorageError && error.code === "unique") throw emailTaken();
			throw error;
		});
	const body = { accountId: account.id, rememberMe };
	const begun = withOurErrors(auth.api.beginSession({ body, headers: authHeaders(request), returnHeaders: true }));
	const { headers } = await begun.catch(rejectAsCreated);
	if (rememberMe)
		headers.append(
			"set-cookie",
			visitors.deviceCookie(request, { accountId: account.id, passwordHash: given.passwordHash }),
		);
	await events.add(request, { accountId: account.id, kind: "signed_in" });
	return signedIn(reply, headers, account);
}

/** The original error would say that nothing was changed. */
function rejectAsCreated(error: unknown): never {
	if (!(error instanceof ProblemError)) throw error;
	const { statusCode, code, headers } = error;
	const detail = "Your account was created, but signing in failed. Sign in again in a moment.";
	throw new ProblemError(statusCode, code, detail, { headers, cause: error });
}
