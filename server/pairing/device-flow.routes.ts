import type { FastifyInstance, FastifyRequest } from "fastify";

import { POLL_INTERVAL_SECONDS } from "../../shared/limits.ts";
import {
	DEVICE_CODE_GRANT,
	type DeviceAuthorization,
	OAUTH_CLIENT_ID,
	PROTOCOL_VERSION,
	ROUTES,
	type TokenResponse,
} from "../../shared/wire.ts";
import { isoTime } from "../clock.ts";
import type { Config } from "../config.ts";
import { ProblemError, tooManyRequests } from "../errors/problem-error.ts";
import { clientAddress } from "../http/address.ts";
import { basicCredentials, isBasic } from "../http/basic-credentials.ts";
import { constantDocument, documentResponses, sendDocument } from "../http/constant-document.ts";
import { acceptFormsOnly } from "../http/form-bodies.ts";
import type { Limit } from "../http/limits.ts";
import type { Storage } from "../storage/storage.ts";
import { deliver, type Delivery, type IssuedKey } from "./deliver.ts";
import { deviceCodeHash, isDeviceCode, newDeviceCode } from "./device-code.ts";
import { DeviceAuthorizationSchema, MetadataSchema, TokenResponseSchema } from "./device-flow.schema.ts";
import { PollForm, ProtocolHeaders, StartForm } from "./device-flow-forms.ts";
import { invalid, type Parameters, readParameters, readReported } from "./parameters.ts";
import { pluginVersionOf } from "./plugin-version.ts";
import type { PollTimes } from "./poll-times.ts";
import { requesterOf } from "./requester.ts";
import { startPairing } from "./start.store.ts";
import { formatUserCode } from "./user-code.ts";

export interface DeviceFlowOptions {
	config: Config;
	storage: Storage;
	starts: Limit;
	pollTimes: PollTimes;
}

const POLL_ERRORS = [
	"access_denied",
	"authorization_pending",
	"expired_token",
	"invalid_client",
	"invalid_grant",
	"protocol_unsupported",
	"slow_down",
	"unsupported_grant_type",
] as const;

type ErrorOutcome = Exclude<Delivery["outcome"], "issued">;

const DESCRIPTIONS: Record<ErrorOutcome, string> = {
	authorization_pending: "The code has not been approved yet. Poll again after the interval.",
	access_denied: "The pairing was denied, or its approval was withdrawn. Start a new pairing to try again.",
	expired_token: "The code has expired. Start a new pairing.",
	invalid_grant: "This device code is unknown, or its key is already in use. Start a new pairing.",
};

/** The device flow for the plugin and other OAuth clients (RFC 8628), with its metadata (RFC 8414). */
export async function deviceFlowRoutes(app: FastifyInstance, options: DeviceFlowOptions): Promise<void> {
	await acceptFormsOnly(app);
	const { config, storage, starts, pollTimes } = options;

	const description = constantDocument(JSON.stringify(metadata(config.publicUrl)), {
		type: "application/json; charset=utf-8",
	});
	app.get(
		"/.well-known/oauth-authorization-server",
		{
			schema: {
				summary: "Get the authorization server metadata (RFC 8414)",
				tags: ["oauth"],
				response: documentResponses("application/json", { schema: MetadataSchema }),
			},
		},
		(request, reply) => sendDocument(request, reply, description),
	);

	app.post(
		ROUTES.deviceAuthorization,
		{
			schema: {
				summary: "Start a pairing (RFC 8628)",
				description:
					"On reconnect, Authorization: Bearer with the key in the place proves which key is to be replaced; it is only looked up.",
				tags: ["oauth"],
				unchecked: { form: StartForm, headers: ProtocolHeaders },
				response: { 200: DeviceAuthorizationSchema },
				errors: ["invalid_client", "protocol_unsupported"],
			},
		},
		async (request, reply) => {
			const parameters = readClientParameters(request);
			const reported = { ...readReported(parameters), pluginVersion: pluginVersionOf(request) };
			const wait = starts.take(clientAddress(request));
			if (wait !== undefined)
				throw tooManyRequests(wait, "Too many pairings were started from this address. Try again in a minute.");
			const deviceCode = newDeviceCode();
			const userCode = await storage.write(startPairing, {
				reported,
				requester: requesterOf(request),
				provenKeyId: (await app.keyProof(request)) ?? null,
				deviceCodeHash: deviceCodeHash(deviceCode),
				ttlSeconds: config.pairingTtlSeconds,
			});
			const formattedCode = formatUserCode(userCode);
			noStore(reply);
			return {
				device_code: deviceCode,
				user_code: formattedCode,
				verification_uri: `${config.publicUrl}/pair`,
				verification_uri_complete: `${config.publicUrl}/pair?code=${formattedCode}`,
				expires_in: config.pairingTtlSeconds,
				interval: POLL_INTERVAL_SECONDS,
			} satisfies DeviceAuthorization;
		},
	);

	app.post(
		ROUTES.token,
		{
			schema: {
				summary: "Poll for the key (RFC 8628)",
				description:
					"Wait `interval` seconds after each response. Until the key is used for the first time, every poll answers with the same key.",
				tags: ["oauth"],
				unchecked: { form: PollForm, headers: ProtocolHeaders },
				response: { 200: TokenResponseSchema },
				errors: POLL_ERRORS,
			},
		},
		async (request, reply) => {
			const parameters = readClientParameters(request);
			const grant = parameters.get("grant_type");
			if (grant === undefined) throw invalid("The grant_type parameter is missing.");
			if (grant !== DEVICE_CODE_GRANT)
				throw new ProblemError(400, "unsupported_grant_type", `Only ${DEVICE_CODE_GRANT} is supported.`);
			const deviceCode = parameters.get("device_code");
			if (deviceCode === undefined) throw invalid("The device_code parameter is missing.");
			const delivery: Delivery = isDeviceCode(deviceCode)
				? await deliver(storage, deviceCode, requesterOf(request))
				: { outcome: "invalid_grant" };
			noStore(reply);
			if (delivery.outcome === "issued") return toTokenResponse(delivery.key);
			if (delivery.outcome === "authorization_pending" && pollTimes.isTooSoon(delivery.pairingId)) {
				throw new ProblemError(
					400,
					"slow_down",
					`Wait ${POLL_INTERVAL_SECONDS} seconds after each response before you poll again.`,
				);
			}
			throw new ProblemError(400, delivery.outcome, DESCRIPTIONS[delivery.outcome]);
		},
	);
}

/** Checks that the request comes from the only, public client. @throws ProblemError 400, 401 */
function readClientParameters(request: FastifyRequest): Parameters {
	const protocol = request.headers["x-auxvyn-protocol"];
	if (protocol !== undefined && protocol !== PROTOCOL_VERSION) {
		throw new ProblemError(
			400,
			"protocol_unsupported",
			`This server requires protocol ${PROTOCOL_VERSION}. Install the plugin that comes with it: download Auxvyn.rbxmx from the dashboard.`,
		);
	}
	const basicId = clientIdInBasic(request.headers.authorization);
	const parameters = readParameters(request.body);
	const clientId = parameters.get("client_id") ?? basicId;
	if (clientId === undefined) throw invalid("The client_id parameter is missing.");
	if (clientId !== OAUTH_CLIENT_ID)
		throw new ProblemError(400, "invalid_client", `client_id must be ${OAUTH_CLIENT_ID}.`);
	return parameters;
}

/** A public client may send HTTP Basic with its id and an empty secret (RFC 6749 §2.3.1). @throws ProblemError 401 */
function clientIdInBasic(authorization: string | undefined): string | undefined {
	if (!isBasic(authorization)) return undefined;
	const { decoded } = basicCredentials(authorization) ?? {};
	if (decoded?.id === OAUTH_CLIENT_ID && decoded.secret === "") return decoded.id;
	throw new ProblemError(
		401,
		"invalid_client",
		`This client has no secret. Send client_id=${OAUTH_CLIENT_ID} in the form, or leave the secret empty.`,
	);
}

function noStore(reply: { headers(values: Record<string, string>): unknown }): void {
	reply.headers({ "Cache-Control": "no-store", Pragma: "no-cache" });
}

function toTokenResponse(key: IssuedKey): TokenResponse {
	return {
		access_token: key.secret,
		token_type: "Bearer",
		key: { id: key.id, label: key.label },
		workspace: key.workspace,
		approved_by: key.approvedBy,
		confirm_by: isoTime(key.confirmBy),
	};
}

function metadata(issuer: string) {
	return {
		issuer,
		device_authorization_endpoint: `${issuer}${ROUTES.deviceAuthorization}`,
		token_endpoint: `${issuer}${ROUTES.token}`,
		revocation_endpoint: `${issuer}${ROUTES.revoke}`,
		introspection_endpoint: `${issuer}${ROUTES.introspect}`,
		response_types_supported: [],
		grant_types_supported: [DEVICE_CODE_GRANT],
		token_endpoint_auth_methods_supported: ["none"],
		revocation_endpoint_auth_methods_supported: ["none"],
		introspection_endpoint_auth_methods_supported: ["client_secret_basic"],
	};
}
