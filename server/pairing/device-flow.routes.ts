import type { FastifyInstance, FastifyRequest } from "fastify";

import { POLL_INTERVAL_SECONDS } from "../../shared/limits.ts";
import {
	DEVICE_CODE_GRANT,
	type DeviceAuthorization,
	OAUTH_CLIENT_ID,
	PROTOCOL_VERSION,
	ROUTES,
	type TokenAnswer,
} from "../../shared/wire.ts";
import { isoTime } from "../clock.ts";
import type { Config } from "../config.ts";
import { ProblemError, tooManyRequests } from "../errors/problem-error.ts";
import { clientAddress } from "../http/address.ts";
import { takeFormsOnly } from "../http/form-bodies.ts";
import type { Limit } from "../http/limits.ts";
import type { Storage } from "../storage/storage.ts";
import { deliver, type Delivery, type IssuedKey } from "./deliver.ts";
import { deviceCodeHash, isDeviceCode, newDeviceCode } from "./device-code.ts";
import { invalid, type Parameters, readParameters, readReported } from "./parameters.ts";
import type { PollTimes } from "./poll-times.ts";
import { startPairing } from "./start.store.ts";
import { showUserCode } from "./user-code.ts";

export interface DeviceFlowOptions {
	config: Config;
	storage: Storage;
	starts: Limit;
	pollTimes: PollTimes;
}

type Unsuccessful = Exclude<Delivery["outcome"], "issued">;

const DESCRIPTIONS: Record<Unsuccessful, string> = {
	authorization_pending: "Nobody has approved the code yet. Poll again after the interval.",
	access_denied: "The pairing was denied. Nothing was issued.",
	expired_token: "The code is too old. Start a new pairing.",
	invalid_grant: "This device code is unknown, or its key is already in use. Start a new pairing.",
};

/** RFC 8628 for the plugin and for any other device client, and its metadata (RFC 8414). */
export async function deviceFlowRoutes(app: FastifyInstance, options: DeviceFlowOptions): Promise<void> {
	await takeFormsOnly(app);
	const { config, storage, starts, pollTimes } = options;

	app.get(
		"/.well-known/oauth-authorization-server",
		{ schema: { summary: "RFC 8414 metadata", tags: ["oauth"] } },
		() => metadata(config.publicUrl),
	);

	app.post(
		ROUTES.deviceAuthorization,
		{
			schema: {
				summary: "Start a pairing (RFC 8628)",
				description:
					"Form: client_id=auxvyn-studio; optional place_id, universe_id, studio_user_id, place_name, intent (connect or reconnect), key_id.",
				tags: ["oauth"],
			},
		},
		async (request, reply) => {
			const parameters = clientParameters(request);
			const reported = readReported(parameters);
			const wait = starts.take(clientAddress(request));
			if (wait !== undefined)
				throw tooManyRequests(wait, "Too many pairings were started from this address. Try again in a minute.");
			const deviceCode = newDeviceCode();
			const userCode = await storage.write(startPairing, {
				reported,
				deviceCodeHash: deviceCodeHash(deviceCode),
				ttlSeconds: config.pairingTtlSeconds,
			});
			const shown = showUserCode(userCode);
			noStore(reply);
			return {
				device_code: deviceCode,
				user_code: shown,
				verification_uri: `${config.publicUrl}/pair`,
				verification_uri_complete: `${config.publicUrl}/pair?code=${shown}`,
				expires_in: config.pairingTtlSeconds,
				interval: POLL_INTERVAL_SECONDS,
			} satisfies DeviceAuthorization;
		},
	);

	app.post(
		ROUTES.token,
		{
			schema: {
				summary: "Poll for the key",
				description: `Form: client_id=auxvyn-studio, device_code, grant_type=${DEVICE_CODE_GRANT}.`,
				tags: ["oauth"],
			},
		},
		async (request, reply) => {
			const parameters = clientParameters(request);
			const grant = parameters.get("grant_type");
			if (grant === undefined) throw invalid("The parameter grant_type is missing.");
			if (grant !== DEVICE_CODE_GRANT)
				throw new ProblemError(400, "unsupported_grant_type", `Only ${DEVICE_CODE_GRANT} is supported.`);
			const deviceCode = parameters.get("device_code");
			if (deviceCode === undefined) throw invalid("The parameter device_code is missing.");
			const delivery: Delivery = isDeviceCode(deviceCode)
				? await deliver(storage, deviceCode)
				: { outcome: "invalid_grant" };
			noStore(reply);
			if (delivery.outcome === "issued") return tokenAnswer(delivery.key);
			if (delivery.outcome === "authorization_pending" && pollTimes.isTooSoon(delivery.pairingId)) {
				throw new ProblemError(
					400,
					"slow_down",
					`Poll no sooner than ${POLL_INTERVAL_SECONDS} seconds after each answer.`,
				);
			}
			throw new ProblemError(400, delivery.outcome, DESCRIPTIONS[delivery.outcome]);
		},
	);
}

/** The parameters of a request by our one public client. */
function clientParameters(request: FastifyRequest): Parameters {
	const protocol = request.headers["x-auxvyn-protocol"];
	if (protocol !== undefined && protocol !== PROTOCOL_VERSION) {
		throw new ProblemError(
			400,
			"protocol_unsupported",
			`This server speaks protocol ${PROTOCOL_VERSION}. Get the plugin that belongs to it: open the dashboard and download Auxvyn.rbxmx.`,
		);
	}
	if (/^basic /i.test(request.headers.authorization ?? "")) {
		throw new ProblemError(401, "invalid_client", "This client has no secret: send client_id alone, in the form.");
	}
	const parameters = readParameters(request.body);
	const clientId = parameters.get("client_id");
	if (clientId === undefined) throw invalid("The parameter client_id is missing.");
	if (clientId !== OAUTH_CLIENT_ID)
		throw new ProblemError(400, "invalid_client", `client_id must be ${OAUTH_CLIENT_ID}.`);
	return parameters;
}

function noStore(reply: { headers(values: Record<string, string>): unknown }): void {
	reply.headers({ "Cache-Control": "no-store", Pragma: "no-cache" });
}

function tokenAnswer(key: IssuedKey): TokenAnswer {
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
