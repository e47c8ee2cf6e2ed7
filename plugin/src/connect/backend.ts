import { DEVICE_CODE_GRANT, HEADERS, OAUTH_CLIENT_ID, PROTOCOL_VERSION, ROUTES } from "../../../shared/wire.js";
import { mayGetKeys, ServerAddress } from "../place";
import { decodeJson, HttpRequest, HttpResponse, SendRequest } from "../studio/http";
import { displayText, SENTENCE_CHARACTERS } from "../text/display-text";
import { Failure, failureOfThrown } from "./failures";
import { encodeForm } from "./form";
import {
	Granted,
	KeyReport,
	readGranted,
	readKeyReport,
	readOAuthError,
	readProblem,
	readStarted,
	Started,
} from "./responses";

/** What the approval page shows about the place, as reported by Studio. */
export interface PlaceReport {
	placeId?: string;
	universeId?: string;
	placeName?: string;
	studioUserId?: string;
}

/** The key that a reconnect replaces. */
export interface PreviousKey {
	/** Sent along as a proof: only then can the approver have it revoked. */
	key: string;
	/** Only a claim. */
	keyId?: string;
}

export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure };
export type PollOutcome = Outcome<Granted> | { ok: false; pending: true; slower: boolean };

/** The backend at one address. Validates every response and classifies every failure. All methods yield. */
export interface Backend {
	start: (report: PlaceReport, intent: "connect" | "reconnect", previous?: PreviousKey) => Outcome<Started>;
	poll: (deviceCode: string) => PollOutcome;
	whoami: (key: string) => Outcome<KeyReport>;
	/** Revoking an unknown key succeeds, too. */
	revoke: (key: string) => Outcome<true>;
}

const FORM_HEADERS: Record<string, string> = {
	["Content-Type"]: "application/x-www-form-urlencoded",
	Accept: "application/json",
	[HEADERS.protocol]: PROTOCOL_VERSION,
};
const MAX_RETRY_AFTER_SECONDS = 3600;
const REJECTION_CODES = new Set(["missing_key", "malformed_key", "unknown_key", "revoked_key"]);

function retryAfter(response: HttpResponse): number | undefined {
	const seconds = tonumber(response.headers.get("retry-after"));
	return seconds !== undefined && seconds >= 0 ? math.min(seconds, MAX_RETRY_AFTER_SECONDS) : undefined;
}

/** Classifies any response except the expected one. */
function failureOfResponse(response: HttpResponse, body: unknown): Failure {
	if (response.status === 429 || response.status === 503) {
		return { kind: "overloaded", retryAfterSeconds: retryAfter(response) };
	}
	if (response.status >= 500) return { kind: "server-error", status: response.status };
	const problem = readProblem(body);
	if (response.status === 401 && problem !== undefined && REJECTION_CODES.has(problem.code)) {
		return { kind: "unauthorized", code: problem.code, detail: problem.description };
	}
	const refused = readOAuthError(body) ?? problem;
	if (response.status !== 400 || refused === undefined) return { kind: "invalid-response", status: response.status };
	if (refused.code === "temporarily_unavailable" || refused.code === "server_error") return { kind: "overloaded" };
	if (refused.code === "protocol_unsupported")
		return { kind: "protocol-unsupported", description: refused.description };
	return { kind: "oauth", error: refused.code, description: refused.description };
}

/** Throws if keys must not be sent to `address`. */
export function createBackend(send: SendRequest, address: ServerAddress): Backend {
	assert(mayGetKeys(address), "keys are sent only over https, or to this computer");

	function call<T>(request: HttpRequest, read: (body: unknown, text: string) => T | undefined): Outcome<T> {
		const response = send(request);
		if ("thrown" in response)
			return { ok: false, failure: failureOfThrown(displayText(response.thrown, SENTENCE_CHARACTERS)) };
		const body = decodeJson(response.body);
		if (response.status !== 200) return { ok: false, failure: failureOfResponse(response, body) };
		const value = read(body, response.body);
		return value === undefined
			? { ok: false, failure: { kind: "invalid-response", status: response.status } }
			: { ok: true, value };
	}

	function post(route: string, form: Array<[string, string | undefined]>, proof?: string): HttpRequest {
		const headers = proof === undefined ? FORM_HEADERS : { ...FORM_HEADERS, Authorization: `Bearer ${proof}` };
		return { url: address.text + route, method: "POST", headers, body: encodeForm(form) };
	}

	return {
		start: (report, intent, previous) =>
			call(
				post(
					ROUTES.deviceAuthorization,
					[
						["client_id", OAUTH_CLIENT_ID],
						["place_id", report.placeId],
						["universe_id", report.universeId],
						["place_name", report.placeName],
						["studio_user_id", report.studioUserId],
						["intent", intent],
						["key_id", previous?.keyId],
					],
					previous?.key,
				),
				readStarted,
			),

		poll: (deviceCode) => {
			const outcome = call(
				post(ROUTES.token, [
					["grant_type", DEVICE_CODE_GRANT],
					["client_id", OAUTH_CLIENT_ID],
					["device_code", deviceCode],
				]),
				readGranted,
			);
			if (outcome.ok || outcome.failure.kind !== "oauth") return outcome;
			const slower = outcome.failure.error === "slow_down";
			if (slower || outcome.failure.error === "authorization_pending") return { ok: false, pending: true, slower };
			return outcome;
		},

		whoami: (key) =>
			call(
				{
					url: address.text + ROUTES.whoami,
					method: "GET",
					headers: { Accept: "application/json", Authorization: `Bearer ${key}`, [HEADERS.protocol]: PROTOCOL_VERSION },
				},
				readKeyReport,
			),

		revoke: (key) =>
			call(
				post(ROUTES.revoke, [
					["client_id", OAUTH_CLIENT_ID],
					["token", key],
				]),
				// The page of a Wi-Fi portal, too, comes with status 200.
				(_, text) => (text === "" ? true : undefined),
			),
	};
}
