import type { FastifyPluginCallbackTypebox } from "@fastify/type-provider-typebox";
import type { FastifyRequest } from "fastify";
import { Type } from "typebox";

import { LABEL_MAX_CODE_POINTS } from "../../shared/limits.ts";
import type { Pairing } from "../../shared/wire.ts";
import type { Config } from "../config.ts";
import { actorOf } from "../http/actor.ts";
import { clientAddress } from "../http/address.ts";
import { refuseOtherSites } from "../http/origin.ts";
import { cleanText } from "../http/text.ts";
import type { Storage, Transaction } from "../storage/storage.ts";
import { type Answerer, approve, deny, release } from "./answer.ts";
import { withCode } from "./open-code.ts";
import { pairingByUserCode, type PairingRow, toPairing } from "./pairing-row.ts";
import { PairingSchema } from "./schemas.ts";
import { readUserCode } from "./user-code.ts";

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

type Act = (transaction: Transaction, row: PairingRow, by: Answerer) => void;

/** Where a person looks at a code and answers it. Opening a code claims it. */
export const approvalRoutes: FastifyPluginCallbackTypebox<{ config: Config; storage: Storage }> = (
	app,
	options,
	done,
) => {
	const { config, storage } = options;
	const path = "/api/pairings/:userCode";
	const schema = (summary: string) => ({ summary, tags: ["pairing"], params: Code, response: { 200: PairingSchema } });

	/** The pairing as it stands after `act`. */
	async function answered(request: FastifyRequest, userCode: string, act: Act): Promise<Pairing> {
		const account = await app.accounts.require(request);
		const viewer = { accountId: account.id, address: clientAddress(request) };
		return withCode(storage, viewer, userCode, config.rateLimitScale, (transaction, row) => {
			act(transaction, row, { account: account.id, actor: actorOf(request, account.id) });
			const after = pairingByUserCode(transaction.db, row.user_code) ?? row;
			return toPairing(transaction.db, after, account.id, transaction.now);
		});
	}

	/** A pairing that the viewer has claimed already: pages ask for it again and again, and nothing changes by that. */
	async function own(request: FastifyRequest<{ Params: { userCode: string } }>): Promise<Pairing | undefined> {
		const account = await app.accounts.require(request);
		const code = readUserCode(request.params.userCode);
		const row = code === undefined ? undefined : pairingByUserCode(storage.db, code);
		return row?.claimed_by === account.id ? toPairing(storage.db, row, account.id, storage.now()) : undefined;
	}

	app.get(path, { schema: schema("What Studio reported; opening a code claims it") }, async (request) => {
		refuseOtherSites(request, "Open the code on this server's own page, /pair.");
		return (await own(request)) ?? answered(request, request.params.userCode, () => undefined);
	});

	const approval = { schema: { ...schema("Approve"), body: ApprovalBody }, config: { ownLimit: APPROVALS } };
	app.post(`${path}/approve`, approval, async (request) => {
		const { workspaceId, previousKey = "keep" } = request.body;
		const label = cleanText(request.body.label, { path: "label", maxCodePoints: LABEL_MAX_CODE_POINTS });
		return answered(request, request.params.userCode, (transaction, row, by) => {
			approve(transaction, row, by, { workspaceId, label, previousKey }, config.pairingTtlSeconds);
		});
	});

	app.post(`${path}/deny`, { schema: { ...schema("Deny, or take an approval back"), body: Nothing } }, (request) =>
		answered(request, request.params.userCode, deny),
	);

	app.post(
		`${path}/release`,
		{ schema: { ...schema("Give the code back for another account"), body: Nothing } },
		(request) => answered(request, request.params.userCode, release),
	);

	done();
};
