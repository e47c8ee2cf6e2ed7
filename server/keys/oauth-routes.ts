import { timingSafeEqual } from "node:crypto";

import type { FastifyInstance, FastifyRequest } from "fastify";

import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { ProblemError, tooManyRequests } from "../errors/problem-error.ts";
import { clientAddress } from "../http/address.ts";
import { takeFormsOnly } from "../http/form-bodies.ts";
import type { Limit } from "../http/limits.ts";
import type { Storage } from "../storage/storage.ts";
import { findActiveKeyId } from "./authenticate.store.ts";
import { type Authenticator, isAccepted } from "./authenticator.ts";
import { digestOf } from "./digest.ts";
import { revokeKey } from "./key-writes.store.ts";
import type { UsageMeter } from "./usage.ts";

export interface KeyOAuthOptions {
	config: Config;
	storage: Storage;
	clock: Clock;
	authenticator: Authenticator;
	usage: UsageMeter;
	failures: Limit;
}

/** RFC 7009 and RFC 7662. */
export async function keyOAuthRoutes(app: FastifyInstance, options: KeyOAuthOptions): Promise<void> {
	await takeFormsOnly(app);
	const { config, storage, clock, authenticator, usage, failures } = options;

	function countFailure(request: FastifyRequest): void {
		const wait = failures.take(clientAddress(request));
		if (wait !== undefined) throw tooManyRequests(wait, "Too many wrong secrets from this address. Try again later.");
	}

	const revokeByHolder = (keyId: string, address: string) => {
		const actor = { accountId: null, address };
		return storage.write(revokeKey, { actor, keyId, reason: "holder" as const }, { priority: "high" });
	};

	app.post(
		"/oauth/revoke",
		{ schema: { summary: "Revoke the key that one holds (RFC 7009)", description: "Form: token.", tags: ["oauth"] } },
		async (request, reply) => {
			const secret = tokenOf(request);
			const keyId = await storage.read(findActiveKeyId, { digest: digestOf(secret) });
			// Looked up first: guesses must not make others wait for the disk.
			if (keyId === undefined) countFailure(request);
			else await revokeByHolder(keyId, clientAddress(request));
			return reply.code(200).send();
		},
	);

	app.post(
		"/oauth/introspect",
		{
			schema: {
				summary: "What stands behind a key (RFC 7662)",
				description: "Form: token. HTTP Basic with the configured client.",
				tags: ["oauth"],
			},
		},
		async (request) => {
			if (!isClient(request, config.introspection)) {
				countFailure(request);
				throw wrongClient(config.introspection);
			}
			const verdict = await authenticator.authenticate(tokenOf(request));
			if (!isAccepted(verdict)) {
				if (verdict.revoked !== undefined) usage.recordRefused(verdict.revoked.id, clock.now());
				return { active: false };
			}
			const { key } = verdict;
			usage.record(key.id, clock.now(), false);
			return {
				active: true,
				token_type: "Bearer",
				sub: key.workspaceId,
				workspace: { id: key.workspaceId, name: key.workspaceName },
				key: { id: key.id, label: key.label },
			};
		},
	);
}

function tokenOf(request: FastifyRequest): string {
	const token = (request.body as { token?: unknown } | undefined)?.token;
	if (typeof token === "string" && token !== "") return token;
	throw new ProblemError(400, "invalid_request", "The parameter token is missing: send it once, form-encoded.");
}

/** HTTP Basic, form-encoded inside (RFC 6749 §2.3.1). */
function isClient(request: FastifyRequest, client: Config["introspection"]): boolean {
	const basic = /^basic +([a-z0-9+/=]+)$/i.exec(request.headers.authorization ?? "")?.[1];
	if (basic === undefined) {
		throw new ProblemError(400, "invalid_client", "Introspection needs the client's id and secret, by HTTP Basic.");
	}
	if (client === undefined) return false;
	const [id = "", ...secret] = Buffer.from(basic, "base64").toString().split(":");
	return same(formDecoded(id), client.clientId) && same(formDecoded(secret.join(":")), client.clientSecret);
}

function wrongClient(client: Config["introspection"]): ProblemError {
	const off = "Introspection is off: set INTROSPECTION_CLIENT_ID and INTROSPECTION_CLIENT_SECRET.";
	return new ProblemError(401, "invalid_client", client ? "The client's id or secret is wrong." : off);
}

function formDecoded(text: string): string {
	try {
		return decodeURIComponent(text.replaceAll("+", " "));
	} catch {
		return text;
	}
}

/** In constant time, whatever the lengths. */
function same(given: string, wanted: string): boolean {
	return timingSafeEqual(Buffer.from(digestOf(given), "hex"), Buffer.from(digestOf(wanted), "hex"));
}
