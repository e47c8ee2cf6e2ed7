import { timingSafeEqual } from "node:crypto";

import type { FastifyInstance, FastifyRequest } from "fastify";

import type { Clock } from "../../clock.ts";
import type { Config } from "../../config.ts";
import { ProblemError } from "../../errors/problem-error.ts";
import { acceptFormsOnly } from "../../http/form-bodies.ts";
import type { Limit } from "../../http/limits.ts";
import type { UsageMeter } from "../usage/usage-meter.ts";
import { type Authenticator, isAccepted } from "./authenticator.ts";
import { digestOf } from "./digest.ts";
import { countFailure, tokenParameter } from "./token-parameter.ts";

export interface IntrospectionOptions {
	config: Config;
	clock: Clock;
	authenticator: Authenticator;
	usage: UsageMeter;
	failures: Limit;
}

/** RFC 7662. */
export async function introspectionRoutes(app: FastifyInstance, options: IntrospectionOptions): Promise<void> {
	await acceptFormsOnly(app);
	const { config, clock, authenticator, usage, failures } = options;

	app.post(
		"/oauth/introspect",
		{
			schema: {
				summary: "Introspect a key (RFC 7662)",
				description: "Form: token. Authenticate with HTTP Basic, using the configured client id and secret.",
				tags: ["oauth"],
			},
		},
		async (request) => {
			if (!isClient(request, config.introspection)) {
				countFailure(request, failures);
				throw invalidClient(config.introspection);
			}
			const verdict = await authenticator.authenticate(tokenParameter(request));
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

/** HTTP Basic with form-encoded credentials (RFC 6749 §2.3.1). */
function isClient(request: FastifyRequest, client: Config["introspection"]): boolean {
	const basic = /^basic +([a-z0-9+/=]+)$/i.exec(request.headers.authorization ?? "")?.[1];
	if (basic === undefined) {
		throw new ProblemError(400, "invalid_client", "Introspection requires HTTP Basic with the client id and secret.");
	}
	if (client === undefined) return false;
	const [id = "", ...secret] = Buffer.from(basic, "base64").toString().split(":");
	return (
		constantTimeEqual(formDecode(id), client.clientId) &&
		constantTimeEqual(formDecode(secret.join(":")), client.clientSecret)
	);
}

function invalidClient(client: Config["introspection"]): ProblemError {
	const disabled = "Introspection is off. Set INTROSPECTION_CLIENT_ID and INTROSPECTION_CLIENT_SECRET to turn it on.";
	return new ProblemError(401, "invalid_client", client ? "The client id or secret is wrong." : disabled);
}

function formDecode(text: string): string {
	try {
		return decodeURIComponent(text.replaceAll("+", " "));
	} catch {
		return text;
	}
}

/** Hashes both first, so that the time does not depend on their lengths. */
function constantTimeEqual(given: string, expected: string): boolean {
	return timingSafeEqual(Buffer.from(digestOf(given), "hex"), Buffer.from(digestOf(expected), "hex"));
}
