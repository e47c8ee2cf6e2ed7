import type { FastifyInstance } from "fastify";

import { clientAddress } from "../../http/address.ts";
import { acceptFormsOnly } from "../../http/form-bodies.ts";
import type { Limit } from "../../http/limits.ts";
import type { Storage } from "../../storage/storage.ts";
import { findActiveKeyId } from "../authenticate/authenticate.store.ts";
import { digestOf } from "../authenticate/digest.ts";
import { countFailure, TokenForm, tokenParameter } from "../authenticate/token-parameter.ts";
import { revokeKey } from "./key-writes.store.ts";

/** RFC 7009. */
export async function revocationRoutes(
	app: FastifyInstance,
	{ storage, failures }: { storage: Storage; failures: Limit },
): Promise<void> {
	await acceptFormsOnly(app);

	app.post(
		"/oauth/revoke",
		{
			schema: {
				summary: "Revoke a key by presenting it (RFC 7009)",
				description: "Unknown keys get the same response.",
				tags: ["oauth"],
				unchecked: { form: TokenForm },
				response: { 200: { description: "The key is revoked, or unknown", type: "null" } },
			},
			config: { alwaysHasRoom: true },
		},
		async (request, reply) => {
			const secret = tokenParameter(request);
			const keyId = await storage.read(findActiveKeyId, { digest: digestOf(secret) });
			// Looked up first, so that guesses cause no writes.
			if (keyId === undefined) countFailure(request, failures);
			else {
				const actor = { accountId: null, address: clientAddress(request) };
				await storage.write(revokeKey, { actor, keyId, reason: "holder" }, { priority: "high" });
			}
			return reply.code(200).send();
		},
	);
}
