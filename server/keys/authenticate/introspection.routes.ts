import { timingSafeEqual } from "node:crypto";

import type { FastifyInstance, FastifyRequest } from "fastify";

import type { Clock } from "../../clock.ts";
import type { Config } from "../../config.ts";
import { ProblemError } from "../../errors/problem-error.ts";
import { type BasicCredentials, basicCredentials, type Credentials } from "../../http/basic-credentials.ts";
import { acceptFormsOnly } from "../../http/form-bodies.ts";
import type { Limit } from "../../http/limits.ts";
import type { UsageMeter } from "../usage/usage-meter.ts";
import { type Authenticator, isAccepted } from "./authenticator.ts";
import { digestOf } from "./digest.ts";
import { IntrospectionSchema } from "./introspection-response.ts";
import { countFailure, TokenForm, tokenParameter } from "./token-parameter.ts";
import { admits, ANY_WORKSPACE } from "./workspaces.ts";

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
				description:
					"Authenticate with HTTP Basic: with a backend's id and secret, which see the keys of its workspace, or with the operator's pair from the environment, which sees all. Any token that cannot be used is just inactive.",
				tags: ["oauth"],
				security: [{ client: [] }],
				unchecked: { form: TokenForm },
				response: { 200: IntrospectionSchema },
				errors: ["invalid_client"],
			},
		},
		async (request) => {
			const client = requireBasic(request);
			// A backend's id and secret have no characters that the two readings take differently.
			const workspaces = isOperator(client, config.introspection)
				? ANY_WORKSPACE
				: await app.backends.authenticate(client.decoded.id, client.decoded.secret);
			if (workspaces === undefined) {
				countFailure(request, failures);
				throw invalidClient();
			}
			// Another workspace's backend learns nothing about a key, and leaves no trace on it.
			const verdict = await authenticator.authenticate(tokenParameter(request), workspaces);
			if (!isAccepted(verdict)) {
				const { revoked } = verdict;
				if (revoked !== undefined && admits(workspaces, revoked.workspaceId)) {
					usage.recordRefused(revoked.id, clock.now());
				}
				return { active: false };
			}
			const { key } = verdict;
			usage.record(key.id, clock.now(), null);
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

/** @throws ProblemError 400 */
function requireBasic(request: FastifyRequest): BasicCredentials {
	const basic = basicCredentials(request.headers.authorization);
	if (basic !== undefined) return basic;
	throw new ProblemError(400, "invalid_client", "Introspection requires HTTP Basic with the client id and secret.");
}

/** Compares all of both readings, so that the time does not tell what was wrong. */
function isOperator({ raw, decoded }: BasicCredentials, operator: Config["introspection"]): boolean {
	if (operator === undefined) return false;
	const asSent = isPair(raw, operator);
	const asDecoded = isPair(decoded, operator);
	return asSent || asDecoded;
}

function isPair({ id, secret }: Credentials, operator: NonNullable<Config["introspection"]>): boolean {
	const isId = constantTimeEqual(id, operator.clientId);
	const isSecret = constantTimeEqual(secret, operator.clientSecret);
	return isId && isSecret;
}

function invalidClient(): ProblemError {
	return new ProblemError(
		401,
		"invalid_client",
		"The client id or secret is wrong, or the backend was deleted. Create one in the workspace's settings under Backends.",
	);
}

/** Hashes both first, so that the time does not depend on their lengths. */
function constantTimeEqual(given: string, expected: string): boolean {
	return timingSafeEqual(Buffer.from(digestOf(given), "hex"), Buffer.from(digestOf(expected), "hex"));
}
