import type { FastifyPluginCallbackTypebox } from "@fastify/type-provider-typebox";
import type { FastifyRequest } from "fastify";
import { Type } from "typebox";

import { LABEL_MAX_CODE_POINTS } from "../../shared/limits.ts";
import type { Pairing } from "../../shared/wire.ts";
import type { Config } from "../config.ts";
import { ProblemError } from "../errors/problem-error.ts";
import { clientAddress } from "../http/address.ts";
import { refuseOtherSites } from "../http/origin.ts";
import { cleanText } from "../http/text.ts";
import type { Storage } from "../storage/storage.ts";
import { type Answered, approvePairing, denyPairing, openPairing, releasePairing } from "./approval.store.ts";
import type { Opening } from "./open-code.store.ts";
import { PairingSchema } from "./pairing.schema.ts";
import { readUserCode } from "./user-code.ts";
import { findClaimedPairing } from "./viewed-pairing.store.ts";

const Code = Type.Object({ userCode: Type.String({ maxLength: 64 }) });
const Nothing = Type.Optional(Type.Union([Type.Object({}, { additionalProperties: false }), Type.Null()]));
const ApprovalBody = Type.Object(
	{
		workspaceId: Type.String(),
		label: Type.String(),
		previousKey: Type.Optional(Type.Union([Type.Literal("keep"), Type.Literal("revoke")])),
	},
	{ additionalProperties: false },
);

/** Each stands open for minutes, and all of a workspace's end with it in one moment. */
const APPROVALS = {
	most: 50,
	windowSeconds: 10 * 60,
	detail: "You connected many places just now. Wait, then go on.",
};

/** Where a person looks at a code and answers it. Opening a code claims it. */
export const approvalRoutes: FastifyPluginCallbackTypebox<{ config: Config; storage: Storage }> = (
	app,
	options,
	done,
) => {
	const { config, storage } = options;
	const path = "/api/pairings/:userCode";
	const schema = (summary: string) => ({ summary, tags: ["pairing"], params: Code, response: { 200: PairingSchema } });

	async function openingOf(request: FastifyRequest<{ Params: { userCode: string } }>): Promise<Opening> {
		const { id: accountId } = await app.accounts.require(request);
		return {
			approver: { accountId, address: clientAddress(request) },
			userCode: readUserCode(request.params.userCode),
			limitScale: config.rateLimitScale,
		};
	}

	app.get(path, { schema: schema("What Studio reported; opening a code claims it") }, async (request) => {
		refuseOtherSites(request, "Open the code on this server's own page, /pair.");
		const opening = await openingOf(request);
		const { userCode, approver } = opening;
		const view = userCode === undefined ? undefined : { userCode, accountId: approver.accountId };
		const claimed = view && (await storage.read(findClaimedPairing, view));
		return claimed ?? pairingOf(await storage.write(openPairing, opening));
	});

	const approval = { schema: { ...schema("Approve"), body: ApprovalBody }, config: { ownLimit: APPROVALS } };
	app.post(`${path}/approve`, approval, async (request) => {
		const { workspaceId, previousKey = "keep" } = request.body;
		const label = cleanText(request.body.label, { path: "label", maxCodePoints: LABEL_MAX_CODE_POINTS });
		const opening = await openingOf(request);
		const answer = { workspaceId, label, previousKey };
		return pairingOf(await storage.write(approvePairing, { opening, answer, ttlSeconds: config.pairingTtlSeconds }));
	});

	app.post(
		`${path}/deny`,
		{ schema: { ...schema("Deny, or take an approval back"), body: Nothing } },
		async (request) => pairingOf(await storage.write(denyPairing, await openingOf(request), { priority: "high" })),
	);

	app.post(
		`${path}/release`,
		{ schema: { ...schema("Give the code back for another account"), body: Nothing } },
		async (request) => pairingOf(await storage.write(releasePairing, await openingOf(request))),
	);

	done();
};

/** @throws ProblemError where the code is wrong */
function pairingOf(answered: Answered): Pairing {
	if ("wrong" in answered) throw ProblemError.from(answered.wrong);
	return answered.pairing;
}
