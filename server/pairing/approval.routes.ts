import type { FastifyPluginCallbackTypebox } from "@fastify/type-provider-typebox";
import type { FastifyRequest } from "fastify";
import { Type } from "typebox";

import { LABEL_MAX_CODE_POINTS } from "../../shared/limits.ts";
import type { Pairing } from "../../shared/wire.ts";
import type { Config } from "../config.ts";
import { ProblemError } from "../errors/problem-error.ts";
import { clientAddress } from "../http/address.ts";
import { isForwardedUntrusted } from "../http/forwarded.ts";
import { describedText } from "../http/openapi/described.ts";
import type { ProblemCode } from "../http/openapi/error-codes.ts";
import { refuseCrossSite } from "../http/origin.ts";
import { cleanText } from "../http/text.ts";
import { connectionMail } from "../mail/connection-mail.ts";
import type { Storage } from "../storage/storage.ts";
import { type AnswerResult, approvePairing, denyPairing, openPairing, releasePairing } from "./approval.store.ts";
import type { ConnectionAlert } from "./connection-alert.store.ts";
import type { Opening } from "./open-code.store.ts";
import { PairingSchema } from "./pairing.schema.ts";
import { readUserCode } from "./user-code.ts";
import { findClaimedPairing } from "./viewed-pairing.store.ts";

const CodeParams = Type.Object({ userCode: Type.String({ maxLength: 64 }) });
const EmptyBody = Type.Optional(Type.Union([Type.Object({}, { additionalProperties: false }), Type.Null()]));
const CODE_ERRORS = [
	"claimed_code",
	"expired_code",
	"forbidden",
	"outcome_unknown",
	"too_many_requests",
	"unknown_code",
] as const satisfies ProblemCode[];
const APPROVAL_ERRORS = [
	"already_answered",
	"not_found",
	"previous_key_elsewhere",
	"previous_key_unproven",
] as const satisfies ProblemCode[];
const ApprovalBody = Type.Object(
	{
		workspaceId: Type.String(),
		label: describedText(LABEL_MAX_CODE_POINTS),
		previousKey: Type.Optional(Type.Union([Type.Literal("keep"), Type.Literal("retire"), Type.Literal("revoke")])),
	},
	{ additionalProperties: false },
);

/** Limited, since deleting a workspace ends all its unsealed pairings in one transaction. */
const APPROVALS = {
	max: 50,
	windowSeconds: 10 * 60,
	detail: "You have connected many places in a short time. Wait a few minutes, then try again.",
};

/** Opening, approving, denying and releasing a user code. Opening a code claims it. */
export const approvalRoutes: FastifyPluginCallbackTypebox<{ config: Config; storage: Storage }> = (
	app,
	options,
	done,
) => {
	const { config, storage } = options;
	const path = "/api/pairings/:userCode";
	const schema = (summary: string, ...errors: ProblemCode[]) => ({
		summary,
		tags: ["pairing"],
		params: CodeParams,
		response: { 200: PairingSchema },
		errors: [...CODE_ERRORS, ...errors],
	});

	async function readOpening(request: FastifyRequest<{ Params: { userCode: string } }>): Promise<Opening> {
		const { id: accountId } = await app.accounts.require(request);
		return {
			approver: { accountId, address: clientAddress(request), isForwarded: isForwardedUntrusted(request) },
			userCode: readUserCode(request.params.userCode),
			limitScale: config.rateLimitScale,
		};
	}

	app.get(path, { schema: schema("Get a pairing, claiming its code", "cross_origin") }, async (request) => {
		refuseCrossSite(request, "Open the code on this server's /pair page.");
		const opening = await readOpening(request);
		const { userCode, approver } = opening;
		const view = userCode === undefined ? undefined : { userCode, accountId: approver.accountId, viewer: approver };
		const claimed = view && (await storage.read(findClaimedPairing, view));
		return claimed ?? pairingOrThrow(await storage.write(openPairing, opening, { reserve: true }));
	});

	/** After the commit, and in the background. */
	function sendAlert({ recipients, connection }: ConnectionAlert): void {
		for (const to of recipients) app.mailer?.send(connectionMail({ ...connection, to, publicUrl: config.publicUrl }));
	}

	const approval = {
		schema: { ...schema("Approve a pairing", ...APPROVAL_ERRORS), body: ApprovalBody },
		config: { routeLimit: APPROVALS },
	};
	app.post(`${path}/approve`, approval, async (request) => {
		const { workspaceId, previousKey = "keep" } = request.body;
		const label = cleanText(request.body.label, { path: "label", maxCodePoints: LABEL_MAX_CODE_POINTS });
		const opening = await readOpening(request);
		const answer = { workspaceId, label, previousKey };
		const result = await storage.write(approvePairing, { opening, answer, ttlSeconds: config.pairingTtlSeconds });
		if (result.alert !== undefined) sendAlert(result.alert);
		return pairingOrThrow(result);
	});

	app.post(
		`${path}/deny`,
		{
			schema: { ...schema("Deny a pairing, or withdraw its approval", "already_answered"), body: EmptyBody },
			config: { alwaysHasRoom: true },
		},
		async (request) =>
			pairingOrThrow(await storage.write(denyPairing, await readOpening(request), { priority: "high" })),
	);

	app.post(
		`${path}/release`,
		{
			schema: { ...schema("Release a code, so that another account can open it", "already_answered"), body: EmptyBody },
		},
		async (request) =>
			pairingOrThrow(await storage.write(releasePairing, await readOpening(request), { reserve: true })),
	);

	done();
};

/** @throws ProblemError if the code is wrong */
function pairingOrThrow(result: AnswerResult): Pairing {
	if ("wrong" in result) throw ProblemError.from(result.wrong);
	return result.pairing;
}
